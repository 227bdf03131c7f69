using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ExtendDb.Ef.Migrations
{
    /// <inheritdoc />
    public partial class MultiAttributeKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Running processes of the version before read the definitions again, and find that they are too old: they would take
            // the second attribute of such a key for its sort key.
            migrationBuilder.Sql("UPDATE extenddb.catalog_state SET version = version + 1 + floor(random() * 1000000)::bigint");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The version before would misread such keys, and an index is not deleted unasked.
            migrationBuilder.Sql("""
                DO $$
                BEGIN
                    IF EXISTS (
                        SELECT FROM extenddb.secondary_indexes
                        WHERE jsonb_array_length(key_schema) > 2 OR key_schema -> 1 ->> 'KeyType' = 'HASH')
                    THEN
                        RAISE EXCEPTION 'The version before knows no index keys of several attributes; delete such indexes first.';
                    END IF;
                END
                $$
                """);
        }
    }
}
