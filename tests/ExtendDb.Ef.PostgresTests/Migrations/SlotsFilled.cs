using FluentAssertions;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>What a database is like that has been migrated to slots.</summary>
internal static class SlotsFilled
{
    public const string Applied =
        $"SELECT count(*) FROM extenddb.migrations_history WHERE \"MigrationId\" = '{SchemaVersion.Required}'";

    private const string Wrong = """
        SELECT concat_ws(', ',
            (SELECT count(*) FROM extenddb.items WHERE slot IS DISTINCT FROM get_byte(uuid_send(partition_hash), 0) / 4),
            (SELECT count(*) FROM extenddb.index_entries WHERE slot IS DISTINCT FROM get_byte(uuid_send(partition_hash), 0) / 4),
            (SELECT count(*) FROM extenddb.gsi_pending WHERE slot IS DISTINCT FROM get_byte(uuid_send(partition_hash), 0) / 4),
            (SELECT count(*) FROM extenddb.gsi_quarantine WHERE slot IS DISTINCT FROM get_byte(uuid_send(partition_hash), 0) / 4))
        """;

    private const string Constraints = """
        SELECT string_agg(conname || ' ' || convalidated, ', ' ORDER BY conname) FROM pg_constraint
        WHERE connamespace = 'extenddb'::regnamespace AND contype = 'c' AND conname LIKE '%slot%'
        """;

    private const string NotNull = """
        SELECT string_agg(c.relname, ', ' ORDER BY c.relname)
        FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'extenddb'::regnamespace AND c.relkind = 'r' AND a.attname = 'slot' AND a.attnotnull
        """;

    /// <summary>Checks that every row has its slot, and always will.</summary>
    public static async Task CheckAsync(string connectionString)
    {
        (await Sql.ScalarAsync(connectionString, Wrong)).Should().Be("0, 0, 0, 0");
        (await Sql.ScalarAsync(connectionString, Constraints)).Should().Be(
            "ck_gsi_quarantine_slot true, ck_index_entries_slot true, ck_items_slot true");
        (await Sql.ScalarAsync(connectionString, NotNull)).Should().Be(
            "gsi_pending, gsi_quarantine, gsi_slots, index_entries, items");
        (await Sql.ScalarAsync(connectionString, "SELECT concat_ws(' ', count(*), min(slot), max(slot)) FROM extenddb.gsi_slots"))
            .Should().Be("64 0 63");
        (await Sql.ScalarAsync(connectionString, Applied)).Should().Be(1L);
    }
}
