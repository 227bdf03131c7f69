namespace ExtendDb.Ef.Benchmarks;

/// <summary>The statements that prepare the peers of the propagation benchmark, and the peers themselves.</summary>
internal static class BenchmarkSql
{
    public const string CopyItems =
        "COPY extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot) FROM STDIN (FORMAT BINARY)";

    /// <summary>Three markers an item, one for each index, as three delays would have them.</summary>
    public const string FillQueue = """
        INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT i.slot, clock_timestamp(),
               i.table_id, i.partition_hash, i.sort_key, ARRAY[x.id]
        FROM extenddb.items AS i
        JOIN extenddb.secondary_indexes AS x ON x.table_id = i.table_id
        ORDER BY i.document #>> '{Id,S}', x.id
        """;

    /// <summary>Adds $2 items of $3 bytes to the table $1, each with a marker for the indexes $4.</summary>
    public const string LargeItems = """
        WITH numbered AS (
            SELECT 'item-' || n AS id, encode(substring(sha256(convert_to('item-' || n, 'UTF8')), 1, 16), 'hex')::uuid AS hash
            FROM generate_series(1, $2::int) AS n
        ),
        added AS (
            INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
            SELECT $1, hash, '',
                   jsonb_build_object(
                       'Id', jsonb_build_object('S', id), 'Group', jsonb_build_object('S', 'g'),
                       'Data', jsonb_build_object('S', repeat('x', $3::int - 40))), $3, 1, get_byte(uuid_send(hash), 0) >> 2
            FROM numbered
        )
        INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT get_byte(uuid_send(hash), 0) >> 2, clock_timestamp(), $1, hash, '', $4::int[]
        FROM numbered
        """;

    /// <summary>
    /// Replaces the items of the table $1 and all markers: each partition of $3 has $4 items, each with a marker for the indexes
    /// $2 that is an hour overdue.
    /// </summary>
    public const string BusyPartitions = """
        WITH emptied AS MATERIALIZED (DELETE FROM extenddb.gsi_pending),
        numbered AS (
            SELECT id, to_char(n, 'FM00000000') AS line, sha256(convert_to(id, 'UTF8')) AS hash
            FROM unnest($3::text[]) AS id CROSS JOIN generate_series(1, $4::int) AS n
        ),
        added AS (
            INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
            SELECT $1, encode(substring(hash, 1, 16), 'hex')::uuid, convert_to(line, 'UTF8'),
                   jsonb_build_object('Id', jsonb_build_object('S', id), 'Line', jsonb_build_object('S', line)),
                   2 + length(id) + 4 + length(line), 1, get_byte(hash, 0) >> 2
            FROM numbered
            ON CONFLICT DO NOTHING
        )
        INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT get_byte(hash, 0) >> 2, now() - interval '1 hour', $1, encode(substring(hash, 1, 16), 'hex')::uuid,
               convert_to(line, 'UTF8'), $2::int[]
        FROM numbered
        """;

    /// <summary>Takes back what a round has done.</summary>
    public const string Empty = "TRUNCATE extenddb.index_entries, extenddb.gsi_pending";

    /// <summary>
    /// The entries in the order in which their markers were queued, for both peers; tables like index_entries, with its
    /// indexes; and a queue of images with a key of its own.
    /// </summary>
    public const string CreatePeers = """
        CREATE SCHEMA bench;
        CREATE TABLE bench.entries AS
            SELECT e.*
            FROM extenddb.index_entries AS e
            JOIN extenddb.items AS i ON i.partition_hash = e.partition_hash AND i.sort_key = e.sort_key
            ORDER BY i.document #>> '{Id,S}', e.index_id;
        CREATE TABLE bench.limit_entries (LIKE extenddb.index_entries INCLUDING ALL);
        CREATE TABLE bench.row_entries (LIKE extenddb.index_entries INCLUDING ALL);
        CREATE TABLE bench.row_queue (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, LIKE extenddb.index_entries);
        """;

    public const string InsertSelect = "INSERT INTO bench.limit_entries SELECT * FROM bench.entries";

    public const string FillRowQueue = """
        INSERT INTO bench.row_queue (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)
        SELECT index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot FROM bench.entries
        """;

    public const string RowClaim = """
        SELECT id, index_id, partition_hash, sort_key FROM bench.row_queue
        ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
        """;

    public const string RowDeleteEntry =
        "DELETE FROM bench.row_entries WHERE index_id = $1 AND partition_hash = $2 AND sort_key = $3";

    public const string RowInsertEntry = """
        INSERT INTO bench.row_entries
        SELECT index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot
        FROM bench.row_queue WHERE id = $1
        """;

    public const string RowDeleteMarker = "DELETE FROM bench.row_queue WHERE id = $1";
}
