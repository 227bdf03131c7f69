namespace ExtendDb.Ef.Benchmarks;

/// <summary>The statements that make backlogs, and look at what the worker's own statements cost there.</summary>
internal static class BacklogSql
{
    /// <summary>The items of each shard, numbered.</summary>
    public const string CreateShardItems = """
        CREATE SCHEMA bench;
        CREATE TABLE bench.shard_items AS
            SELECT shard, row_number() OVER (PARTITION BY shard ORDER BY id) - 1 AS n,
                   count(*) OVER (PARTITION BY shard) AS items, table_id, partition_hash, sort_key
            FROM (
                SELECT (get_byte(sha256(uuid_send(partition_hash) || sort_key), 0) % 32)::smallint AS shard,
                       document #>> '{Id,S}' AS id, table_id, partition_hash, sort_key
                FROM extenddb.items
            ) AS keyed;
        ALTER TABLE bench.shard_items ADD PRIMARY KEY (shard, n);
        """;

    /// <summary>What is added between batches is not measured, and shall not wait for the disk.</summary>
    public const string DoNotWait = "SET synchronous_commit = off";

    /// <summary>
    /// Adds markers $1 to $1 + $2 - 1 of the shards $3, which name the shard's items in turn. All are due, and the shards
    /// take turns in the order of ready_at: a batch of one shard makes the next one the most overdue.
    /// </summary>
    public const string AddMarkers = """
        INSERT INTO extenddb.gsi_pending (shard, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT i.shard, timestamptz '2026-01-01' + (m.n * 32 + i.shard) * interval '1 us',
               i.table_id, i.partition_hash, i.sort_key, x.ids
        FROM generate_series($1::bigint, $1 + $2 - 1) AS m (n)
        CROSS JOIN unnest($3::smallint[]) AS s (shard)
        JOIN bench.shard_items AS i
            ON i.shard = s.shard AND i.n = m.n % (SELECT items FROM bench.shard_items WHERE shard = s.shard AND n = 0)
        CROSS JOIN (SELECT array_agg(id ORDER BY id) AS ids FROM extenddb.secondary_indexes) AS x
        ORDER BY m.n, i.shard
        """;

    /// <summary>Leaves the first $1 markers of each shard dead.</summary>
    public const string DeleteMarkers =
        "DELETE FROM extenddb.gsi_pending WHERE ready_at < timestamptz '2026-01-01' + $1::bigint * 32 * interval '1 us'";

    public const string HoldSnapshot = "SELECT count(*) FROM extenddb.gsi_shards";

    public const string AnalyzeEmpty = "VACUUM ANALYZE extenddb.items, bench.shard_items; ANALYZE extenddb.gsi_pending, extenddb.index_entries";

    public const string Analyze = "VACUUM ANALYZE extenddb.gsi_pending, extenddb.index_entries";

    public const string Vacuum = "VACUUM extenddb.gsi_pending";

    public const string Explain = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ";
}
