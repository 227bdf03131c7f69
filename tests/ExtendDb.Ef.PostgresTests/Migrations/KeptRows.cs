using FluentAssertions;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>A copy of the rows of a <see cref="ShardedQueue"/> but for their shards and slots, to be compared with later ones.</summary>
internal static class KeptRows
{
    private static readonly Dictionary<string, string> Columns = new()
    {
        ["gsi_pending"] = "id, ready_at, table_id, partition_hash, sort_key, index_ids",
        ["gsi_quarantine"] = """
            index_id, partition_hash, sort_key, table_id, sqlstate, message, attempts, first_failed_at, last_failed_at, retry_at
            """,
        ["items"] = "table_id, partition_hash, sort_key, document, size_bytes, version",
        ["index_entries"] = "index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes",
    };

    /// <summary>Copies the rows of all tables.</summary>
    public static async Task CopyAsync(string connectionString)
    {
        foreach (var (table, columns) in Columns)
        {
            await Sql.ExecuteAsync(connectionString, $"CREATE TABLE public.{table} AS SELECT {columns} FROM extenddb.{table}");
        }
    }

    /// <summary>Checks that each table has the rows that were copied, and no other.</summary>
    public static async Task CheckAsync(string connectionString)
    {
        foreach (var (table, columns) in Columns)
        {
            (await Sql.ScalarAsync(connectionString, $"""
                SELECT count(*) FROM (
                    (SELECT * FROM public.{table} EXCEPT ALL SELECT {columns} FROM extenddb.{table})
                    UNION ALL
                    (SELECT {columns} FROM extenddb.{table} EXCEPT ALL SELECT * FROM public.{table})) AS different
                """)).Should().Be(0L, "{0} is kept", table);
        }
    }
}
