using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class Streams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "latest_stream_label",
                schema: "extenddb",
                table: "tables",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "stream_id",
                schema: "extenddb",
                table: "tables",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "stream_status",
                schema: "extenddb",
                table: "tables",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "stream_view_type",
                schema: "extenddb",
                table: "tables",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "stream_consumer_shards",
                schema: "extenddb",
                columns: table => new
                {
                    consumer = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    stream_id = table.Column<int>(type: "integer", nullable: false),
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_consumer_shards", x => new { x.consumer, x.stream_id, x.shard });
                });

            migrationBuilder.CreateTable(
                name: "stream_consumers",
                schema: "extenddb",
                columns: table => new
                {
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settings = table.Column<string>(type: "text", nullable: false),
                    table_name = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_consumers", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "stream_pending",
                schema: "extenddb",
                columns: table => new
                {
                    stream_id = table.Column<int>(type: "integer", nullable: false),
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    event_name = table.Column<string>(type: "text", nullable: false),
                    is_expiry = table.Column<bool>(type: "boolean", nullable: false),
                    keys = table.Column<string>(type: "jsonb", nullable: false),
                    new_image = table.Column<string>(type: "jsonb", nullable: true),
                    old_image = table.Column<string>(type: "jsonb", nullable: true),
                    size_bytes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_pending", x => new { x.stream_id, x.shard, x.id });
                });

            migrationBuilder.CreateTable(
                name: "stream_records",
                schema: "extenddb",
                columns: table => new
                {
                    stream_id = table.Column<int>(type: "integer", nullable: false),
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    event_name = table.Column<string>(type: "text", nullable: false),
                    is_expiry = table.Column<bool>(type: "boolean", nullable: false),
                    keys = table.Column<string>(type: "jsonb", nullable: false),
                    new_image = table.Column<string>(type: "jsonb", nullable: true),
                    old_image = table.Column<string>(type: "jsonb", nullable: true),
                    size_bytes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_records", x => new { x.stream_id, x.shard, x.number });
                });

            migrationBuilder.CreateTable(
                name: "stream_set_aside",
                schema: "extenddb",
                columns: table => new
                {
                    consumer = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    stream_id = table.Column<int>(type: "integer", nullable: false),
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    error = table.Column<string>(type: "text", nullable: false),
                    event_name = table.Column<string>(type: "text", nullable: false),
                    is_expiry = table.Column<bool>(type: "boolean", nullable: false),
                    keys = table.Column<string>(type: "jsonb", nullable: false),
                    new_image = table.Column<string>(type: "jsonb", nullable: true),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    old_image = table.Column<string>(type: "jsonb", nullable: true),
                    size_bytes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_set_aside", x => new { x.consumer, x.stream_id, x.shard, x.number });
                });

            migrationBuilder.CreateTable(
                name: "stream_shards",
                schema: "extenddb",
                columns: table => new
                {
                    stream_id = table.Column<int>(type: "integer", nullable: false),
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    done_id = table.Column<long>(type: "bigint", nullable: false),
                    last_number = table.Column<long>(type: "bigint", nullable: false),
                    noted_id = table.Column<long>(type: "bigint", nullable: true),
                    noted_transaction = table.Column<long>(type: "bigint", nullable: true),
                    size_bytes = table.Column<long>(type: "bigint", nullable: false),
                    trimmed_number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stream_shards", x => new { x.stream_id, x.shard });
                });

            migrationBuilder.CreateTable(
                name: "streams",
                schema: "extenddb",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    disabled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    key_schema = table.Column<string>(type: "jsonb", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<string>(type: "text", nullable: false),
                    table_id = table.Column<int>(type: "integer", nullable: false),
                    table_name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    view_type = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_streams", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_streams_label",
                schema: "extenddb",
                table: "streams",
                columns: new[] { "table_name", "label" },
                unique: true);

            // The queue of records without a number is emptied as fast as it is filled, like gsi_pending; the places of shards and
            // consumers are written all the time. Records are only added, and deleted at the other end.
            migrationBuilder.Sql("""
                ALTER TABLE extenddb.stream_pending SET (
                    autovacuum_vacuum_scale_factor = 0,
                    autovacuum_vacuum_threshold = 2000,
                    autovacuum_vacuum_insert_scale_factor = 0,
                    autovacuum_vacuum_insert_threshold = 20000,
                    autovacuum_analyze_scale_factor = 0,
                    autovacuum_analyze_threshold = 10000,
                    autovacuum_vacuum_cost_delay = 0,
                    vacuum_truncate = off);
                ALTER TABLE extenddb.stream_records SET (
                    autovacuum_vacuum_scale_factor = 0.02,
                    autovacuum_vacuum_cost_delay = 0,
                    vacuum_truncate = off);
                ALTER TABLE extenddb.stream_shards SET (fillfactor = 50);
                ALTER TABLE extenddb.stream_consumer_shards SET (fillfactor = 50);
                """);
            migrationBuilder.Sql("""
                DO $$
                BEGIN
                    EXECUTE 'ALTER TABLE extenddb.stream_pending ALTER COLUMN old_image SET COMPRESSION lz4, '
                        'ALTER COLUMN new_image SET COMPRESSION lz4';
                    EXECUTE 'ALTER TABLE extenddb.stream_records ALTER COLUMN old_image SET COMPRESSION lz4, '
                        'ALTER COLUMN new_image SET COMPRESSION lz4';
                EXCEPTION
                    WHEN feature_not_supported OR syntax_error OR invalid_parameter_value THEN
                        RAISE NOTICE 'images are compressed with the default method: %', SQLERRM;
                END
                $$;
                """);
            migrationBuilder.Sql("UPDATE extenddb.catalog_state SET version = version + 1 + floor(random() * 1000000)::bigint");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The version before would change items without records, and a stream is not deleted unasked.
            migrationBuilder.Sql("""
                DO $$
                BEGIN
                    IF EXISTS (SELECT FROM extenddb.tables WHERE stream_id IS NOT NULL) THEN
                        RAISE EXCEPTION 'The version before knows no streams; disable them first.';
                    END IF;
                END
                $$
                """);

            migrationBuilder.DropTable(
                name: "stream_consumer_shards",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "stream_consumers",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "stream_pending",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "stream_records",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "stream_set_aside",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "stream_shards",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "streams",
                schema: "extenddb");

            migrationBuilder.DropColumn(
                name: "latest_stream_label",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "stream_id",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "stream_status",
                schema: "extenddb",
                table: "tables");

            migrationBuilder.DropColumn(
                name: "stream_view_type",
                schema: "extenddb",
                table: "tables");
        }
    }
}
