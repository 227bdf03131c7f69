using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class DemandThroughput : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "max_read_units",
                schema: "extenddb",
                table: "tables",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "max_write_units",
                schema: "extenddb",
                table: "tables",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "warm_read_units",
                schema: "extenddb",
                table: "tables",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "warm_write_units",
                schema: "extenddb",
                table: "tables",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "max_read_units",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "max_write_units",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "warm_read_units",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "warm_write_units",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "bigint",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "max_read_units",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "max_write_units",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "warm_read_units",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "warm_write_units",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "max_read_units",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "max_write_units",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "warm_read_units",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "warm_write_units",
                schema: "extenddb",
                table: "secondary_indexes");
        }
    }
}
