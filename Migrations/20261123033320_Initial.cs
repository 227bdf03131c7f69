using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Another encoding cannot keep every string of an item, and cannot be changed later.
            migrationBuilder.Sql(
                """
                DO $check$
                BEGIN
                    IF current_setting('server_encoding') <> 'UTF8' THEN
                        RAISE EXCEPTION 'The encoding of database % is %; ExtendDb.Ef needs UTF8. Create another database: CREATE DATABASE name ENCODING ''UTF8'' TEMPLATE template0',
                            current_database(), current_setting('server_encoding');
                    END IF;
                END
                $check$
                """);

            migrationBuilder.EnsureSchema(
                name: "extenddb");

            migrationBuilder.CreateTable(
                name: "catalog_state",
                schema: "extenddb",
                columns: table => new
                {
                    only_row = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalog_state", x => x.only_row);
                    table.CheckConstraint("ck_catalog_state_only_row", "only_row");
                });

            migrationBuilder.CreateTable(
                name: "gsi_pending",
                schema: "extenddb",
                columns: table => new
                {
                    shard = table.Column<short>(type: "smallint", nullable: false),
                    ready_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    table_id = table.Column<int>(type: "integer", nullable: false),
                    partition_hash = table.Column<Guid>(type: "uuid", nullable: false),
                    sort_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    index_ids = table.Column<int[]>(type: "integer[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gsi_pending", x => new { x.shard, x.ready_at, x.id });
                });

            migrationBuilder.CreateTable(
                name: "gsi_quarantine",
                schema: "extenddb",
                columns: table => new
                {
                    index_id = table.Column<int>(type: "integer", nullable: false),
                    partition_hash = table.Column<Guid>(type: "uuid", nullable: false),
                    sort_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    table_id = table.Column<int>(type: "integer", nullable: false),
                    sqlstate = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    first_failed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_failed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gsi_quarantine", x => new { x.index_id, x.partition_hash, x.sort_key });
                });

            migrationBuilder.CreateTable(
                name: "gsi_shards",
                schema: "extenddb",
                columns: table => new
                {
                    shard = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_gsi_shards", x => x.shard);
                });

            migrationBuilder.CreateTable(
                name: "index_entries",
                schema: "extenddb",
                columns: table => new
                {
                    index_id = table.Column<int>(type: "integer", nullable: false),
                    partition_hash = table.Column<Guid>(type: "uuid", nullable: false),
                    sort_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_hash = table.Column<Guid>(type: "uuid", nullable: false),
                    key_sort = table.Column<byte[]>(type: "bytea", nullable: false),
                    document = table.Column<string>(type: "jsonb", nullable: false),
                    size_bytes = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_index_entries", x => new { x.index_id, x.partition_hash, x.sort_key });
                });

            migrationBuilder.CreateTable(
                name: "tables",
                schema: "extenddb",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    table_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    key_schema = table.Column<string>(type: "jsonb", nullable: false),
                    attribute_definitions = table.Column<string>(type: "jsonb", nullable: false),
                    deletion_protection = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tables", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "items",
                schema: "extenddb",
                columns: table => new
                {
                    table_id = table.Column<int>(type: "integer", nullable: false),
                    partition_hash = table.Column<Guid>(type: "uuid", nullable: false),
                    sort_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    document = table.Column<string>(type: "jsonb", nullable: false),
                    size_bytes = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_items", x => new { x.table_id, x.partition_hash, x.sort_key });
                    table.CheckConstraint("ck_items_version", "version > 0");
                    table.ForeignKey(
                        name: "fk_items_tables",
                        column: x => x.table_id,
                        principalSchema: "extenddb",
                        principalTable: "tables",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "secondary_indexes",
                schema: "extenddb",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    table_id = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "text", nullable: false),
                    key_schema = table.Column<string>(type: "jsonb", nullable: false),
                    projection_type = table.Column<string>(type: "text", nullable: false),
                    non_key_attributes = table.Column<string[]>(type: "text[]", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    propagation_delay_ms = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_secondary_indexes", x => x.id);
                    table.ForeignKey(
                        name: "fk_secondary_indexes_tables",
                        column: x => x.table_id,
                        principalSchema: "extenddb",
                        principalTable: "tables",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.InsertData(
                schema: "extenddb",
                table: "catalog_state",
                columns: new[] { "only_row", "version" },
                values: new object[] { true, 1L });

            migrationBuilder.InsertData(
                schema: "extenddb",
                table: "gsi_shards",
                column: "shard",
                values: new object[]
                {
                    (short)0,
                    (short)1,
                    (short)2,
                    (short)3,
                    (short)4,
                    (short)5,
                    (short)6,
                    (short)7,
                    (short)8,
                    (short)9,
                    (short)10,
                    (short)11,
                    (short)12,
                    (short)13,
                    (short)14,
                    (short)15,
                    (short)16,
                    (short)17,
                    (short)18,
                    (short)19,
                    (short)20,
                    (short)21,
                    (short)22,
                    (short)23,
                    (short)24,
                    (short)25,
                    (short)26,
                    (short)27,
                    (short)28,
                    (short)29,
                    (short)30,
                    (short)31
                });

            migrationBuilder.CreateIndex(
                name: "ix_index_entries_query",
                schema: "extenddb",
                table: "index_entries",
                columns: new[] { "index_id", "key_hash", "key_sort", "partition_hash", "sort_key" });

            migrationBuilder.CreateIndex(
                name: "ix_secondary_indexes_name",
                schema: "extenddb",
                table: "secondary_indexes",
                columns: new[] { "table_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tables_name",
                schema: "extenddb",
                table: "tables",
                column: "name",
                unique: true);

            // The queue is emptied as fast as it is filled: it is vacuumed by count, not by share, without rest, and keeps
            // its pages, because giving them back takes a lock that stops every writer.
            migrationBuilder.Sql("""
                ALTER TABLE extenddb.gsi_pending SET (
                    autovacuum_vacuum_scale_factor = 0,
                    autovacuum_vacuum_threshold = 2000,
                    autovacuum_vacuum_insert_scale_factor = 0,
                    autovacuum_vacuum_insert_threshold = 20000,
                    autovacuum_analyze_scale_factor = 0,
                    autovacuum_analyze_threshold = 10000,
                    autovacuum_vacuum_cost_delay = 0,
                    vacuum_truncate = off);
                """);
            migrationBuilder.Sql("""
                ALTER TABLE extenddb.index_entries SET (
                    autovacuum_vacuum_scale_factor = 0.02,
                    autovacuum_analyze_scale_factor = 0.05);
                """);

            // lz4 packs documents several times faster than pglz. A server that is older than 14, or was built without
            // it, keeps its default.
            migrationBuilder.Sql("""
                DO $$
                BEGIN
                    EXECUTE 'ALTER TABLE extenddb.items ALTER COLUMN document SET COMPRESSION lz4';
                    EXECUTE 'ALTER TABLE extenddb.index_entries ALTER COLUMN document SET COMPRESSION lz4';
                EXCEPTION
                    WHEN feature_not_supported OR syntax_error OR invalid_parameter_value THEN
                        RAISE NOTICE 'documents are compressed with the default method: %', SQLERRM;
                END
                $$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "catalog_state",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "gsi_pending",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "gsi_quarantine",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "gsi_shards",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "index_entries",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "items",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "secondary_indexes",
                schema: "extenddb");

            migrationBuilder.DropTable(
                name: "tables",
                schema: "extenddb");
        }
    }
}
