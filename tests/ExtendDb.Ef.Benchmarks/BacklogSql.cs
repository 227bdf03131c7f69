namespace ExtendDb.Ef.Benchmarks;

/// <summary>The statements that make backlogs, and look at what the worker's own statements cost there.</summary>
internal static class BacklogSql
{
    /// <summary>The items of each slot, numbered.</summary>
    public const string CreateSlotItems = """
        CREATE SCHEMA bench;
        CREATE TABLE bench.slot_items AS
            SELECT slot, row_number() OVER (PARTITION BY slot ORDER BY partition_hash, sort_key) - 1 AS n,
                   count(*) OVER (PARTITION BY slot) AS items, table_id, partition_hash, sort_key
            FROM extenddb.items;
        ALTER TABLE bench.slot_items ADD PRIMARY KEY (slot, n);
        """;

    /// <summary>What is added between batches is not measured, and shall not wait for the disk.</summary>
    public const string DoNotWait = "SET synchronous_commit = off";

    /// <summary>
    /// Adds markers $1 to $1 + $2 - 1 of the slots $3, which name the slot's items in turn. All are due, and the slots
    /// take turns in the order of ready_at: a batch of one slot makes the next one the most overdue.
    /// </summary>
    public const string AddMarkers = """
        INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT i.slot, timestamptz '2026-01-01' + (m.n * 64 + i.slot) * interval '1 us',
               i.table_id, i.partition_hash, i.sort_key, x.ids
        FROM generate_series($1::bigint, $1 + $2 - 1) AS m (n)
        CROSS JOIN unnest($3::smallint[]) AS s (slot)
        JOIN bench.slot_items AS i
            ON i.slot = s.slot AND i.n = m.n % (SELECT items FROM bench.slot_items WHERE slot = s.slot AND n = 0)
        CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM extenddb.secondary_indexes) AS x
        ORDER BY m.n, i.slot
        """;

    /// <summary>Leaves the first $1 markers of each slot dead.</summary>
    public const string DeleteMarkers =
        "DELETE FROM extenddb.gsi_pending WHERE ready_at < timestamptz '2026-01-01' + $1::bigint * 64 * interval '1 us'";

    public const string HoldSnapshot = "SELECT count(*) FROM extenddb.gsi_slots";

    public const string AnalyzeEmpty = "VACUUM ANALYZE extenddb.items, bench.slot_items; ANALYZE extenddb.gsi_pending, extenddb.index_entries";

    public const string Analyze = "VACUUM ANALYZE extenddb.gsi_pending, extenddb.index_entries";

    public const string Vacuum = "VACUUM extenddb.gsi_pending";

    public const string Explain = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ";
}
