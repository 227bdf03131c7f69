using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class BackfillPhase : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "backfill_phase",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "text",
                nullable: false,
                defaultValue: "NONE");

            // Until now a CREATING index without a time had not begun its walk, and one without a key had ended it.
            migrationBuilder.Sql("""
                UPDATE extenddb.secondary_indexes
                SET backfill_phase = CASE
                    WHEN backfilled_at IS NULL THEN 'WAITING'
                    WHEN backfill_hash IS NOT NULL THEN 'WALKING'
                    ELSE 'DRAINING'
                END
                WHERE status = 'CREATING'
                """);

            // An index that had been filled kept the time of its last marker, which nothing reads.
            migrationBuilder.Sql("UPDATE extenddb.secondary_indexes SET backfilled_at = NULL WHERE status = 'ACTIVE'");

            migrationBuilder.AddCheckConstraint(
                name: "ck_secondary_indexes_backfill_phase",
                schema: "extenddb",
                table: "secondary_indexes",
                sql: "CASE backfill_phase WHEN 'NONE' THEN status = 'DELETING' OR (status = 'ACTIVE' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL) WHEN 'WAITING' THEN status = 'CREATING' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL WHEN 'WALKING' THEN status = 'CREATING' AND backfill_hash IS NOT NULL AND backfill_sort IS NOT NULL AND backfilled_at IS NOT NULL WHEN 'DRAINING' THEN status = 'CREATING' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NOT NULL ELSE false END");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The time and the key of each phase are those from which the schema before tells it.
            migrationBuilder.DropCheckConstraint(
                name: "ck_secondary_indexes_backfill_phase",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "backfill_phase",
                schema: "extenddb",
                table: "secondary_indexes");
        }
    }
}
