using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class ControlPlane : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "billing_changed_at",
                schema: "extenddb",
                table: "tables",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "billing_mode",
                schema: "extenddb",
                table: "tables",
                type: "text",
                nullable: false,
                defaultValue: "PAY_PER_REQUEST");

            migrationBuilder.AddColumn<long>(
                name: "read_capacity",
                schema: "extenddb",
                table: "tables",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "table_class",
                schema: "extenddb",
                table: "tables",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "table_class_changed_at",
                schema: "extenddb",
                table: "tables",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tags",
                schema: "extenddb",
                table: "tables",
                type: "jsonb",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "throughput_decreased_at",
                schema: "extenddb",
                table: "tables",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "throughput_decreases",
                schema: "extenddb",
                table: "tables",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "throughput_increased_at",
                schema: "extenddb",
                table: "tables",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ttl_attribute",
                schema: "extenddb",
                table: "tables",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ttl_swept_at",
                schema: "extenddb",
                table: "tables",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "write_capacity",
                schema: "extenddb",
                table: "tables",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "backfill_hash",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "backfill_sort",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "backfilled_at",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "created_at",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "clock_timestamp()");

            migrationBuilder.AddColumn<long>(
                name: "read_capacity",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "throughput_decreased_at",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "throughput_decreases",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "throughput_increased_at",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "write_capacity",
                schema: "extenddb",
                table: "secondary_indexes",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "longest_poll_ms",
                schema: "extenddb",
                table: "catalog_state",
                type: "integer",
                nullable: false,
                defaultValue: 1000);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "billing_changed_at",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "billing_mode",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "read_capacity",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "table_class",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "table_class_changed_at",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "tags",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "throughput_decreased_at",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "throughput_decreases",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "throughput_increased_at",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "ttl_attribute",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "ttl_swept_at",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "write_capacity",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "backfill_hash",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "backfill_sort",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "backfilled_at",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "created_at",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "read_capacity",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "throughput_decreased_at",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "throughput_decreases",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "throughput_increased_at",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "write_capacity",
                schema: "extenddb",
                table: "secondary_indexes");

            migrationBuilder.DropColumn(
                name: "longest_poll_ms",
                schema: "extenddb",
                table: "catalog_state");
        }
    }
}
