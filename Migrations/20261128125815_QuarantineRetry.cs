using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class QuarantineRetry : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retry_at",
                schema: "extenddb",
                table: "gsi_quarantine",
                type: "timestamp with time zone",
                nullable: true,
                defaultValueSql: "now()");

            migrationBuilder.CreateIndex(
                name: "ix_gsi_quarantine_retry_at",
                schema: "extenddb",
                table: "gsi_quarantine",
                column: "retry_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_gsi_quarantine_retry_at",
                schema: "extenddb",
                table: "gsi_quarantine");

            migrationBuilder.DropColumn(
                name: "retry_at",
                schema: "extenddb",
                table: "gsi_quarantine");
        }
    }
}
