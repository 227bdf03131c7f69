using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class ImmediateDeletion : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "removed_definitions",
                schema: "extenddb",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "clock_timestamp()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_removed_definitions", x => new { x.kind, x.id });
                });

            // Until now a worker removed the definition after the rows.
            migrationBuilder.Sql("""
                INSERT INTO extenddb.removed_definitions (kind, id, name)
                SELECT 'TABLE', id, name
                FROM extenddb.tables
                WHERE status = 'DELETING'
                UNION ALL
                SELECT 'INDEX', i.id, i.name
                FROM extenddb.secondary_indexes AS i
                JOIN extenddb.tables AS t ON t.id = i.table_id
                WHERE t.status = 'DELETING' OR i.status = 'DELETING'
                """);

            migrationBuilder.DropForeignKey(
                name: "fk_items_tables",
                schema: "extenddb",
                table: "items");

            migrationBuilder.DropCheckConstraint(
                name: "ck_secondary_indexes_backfill_phase",
                schema: "extenddb",
                table: "secondary_indexes");

            // Their indexes go with the tables, and the attributes that no key uses any more with an index.
            migrationBuilder.Sql("DELETE FROM extenddb.tables WHERE status = 'DELETING'");
            migrationBuilder.Sql("""
                WITH removed AS (
                    DELETE FROM extenddb.secondary_indexes WHERE status = 'DELETING' RETURNING id, table_id
                )
                UPDATE extenddb.tables AS t
                SET attribute_definitions = (
                    SELECT coalesce(jsonb_agg(d.definition ORDER BY d.position), '[]')
                    FROM jsonb_array_elements(t.attribute_definitions) WITH ORDINALITY AS d (definition, position)
                    WHERE d.definition ->> 'AttributeName' IN (
                        SELECT k ->> 'AttributeName'
                        FROM jsonb_array_elements(t.key_schema) AS k
                        UNION ALL
                        SELECT k ->> 'AttributeName'
                        FROM extenddb.secondary_indexes AS i
                        CROSS JOIN LATERAL jsonb_array_elements(i.key_schema) AS k
                        WHERE i.table_id = t.id AND i.status <> 'DELETING'))
                WHERE t.id IN (SELECT table_id FROM removed)
                """);

            migrationBuilder.DropColumn(
                name: "status",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.AddCheckConstraint(
                name: "ck_secondary_indexes_backfill_phase",
                schema: "extenddb",
                table: "secondary_indexes",
                sql: "CASE backfill_phase WHEN 'NONE' THEN status = 'ACTIVE' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL WHEN 'WAITING' THEN status = 'CREATING' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL WHEN 'WALKING' THEN status = 'CREATING' AND backfill_hash IS NOT NULL AND backfill_sort IS NOT NULL AND backfilled_at IS NOT NULL WHEN 'DRAINING' THEN status = 'CREATING' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NOT NULL ELSE false END");

            // Running processes of the version before read the definitions again, and find that they are too old.
            migrationBuilder.Sql("UPDATE extenddb.catalog_state SET version = version + 1 + floor(random() * 1000000)::bigint");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The version before knows no rows without a definition.
            migrationBuilder.Sql("""
                DELETE FROM extenddb.items
                WHERE table_id IN (SELECT id FROM extenddb.removed_definitions WHERE kind = 'TABLE')
                """);
            migrationBuilder.Sql("""
                DELETE FROM extenddb.index_entries
                WHERE index_id IN (SELECT id FROM extenddb.removed_definitions WHERE kind = 'INDEX')
                """);
            migrationBuilder.Sql("""
                DELETE FROM extenddb.gsi_quarantine
                WHERE index_id IN (SELECT id FROM extenddb.removed_definitions WHERE kind = 'INDEX')
                """);

            migrationBuilder.DropTable(
                name: "removed_definitions",
                schema: "extenddb");

            migrationBuilder.DropCheckConstraint(
                name: "ck_secondary_indexes_backfill_phase",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.AddColumn<string>(
                name: "status",
                schema: "extenddb",
                table: "tables",
                type: "text",
                nullable: false,
                defaultValue: "ACTIVE");

            migrationBuilder.AddCheckConstraint(
                name: "ck_secondary_indexes_backfill_phase",
                schema: "extenddb",
                table: "secondary_indexes",
                sql: "CASE backfill_phase WHEN 'NONE' THEN status = 'DELETING' OR (status = 'ACTIVE' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL) WHEN 'WAITING' THEN status = 'CREATING' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NULL WHEN 'WALKING' THEN status = 'CREATING' AND backfill_hash IS NOT NULL AND backfill_sort IS NOT NULL AND backfilled_at IS NOT NULL WHEN 'DRAINING' THEN status = 'CREATING' AND backfill_hash IS NULL AND backfill_sort IS NULL AND backfilled_at IS NOT NULL ELSE false END");

            migrationBuilder.AddForeignKey(
                name: "fk_items_tables",
                schema: "extenddb",
                table: "items",
                column: "table_id",
                principalSchema: "extenddb",
                principalTable: "tables",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }
    }
}
