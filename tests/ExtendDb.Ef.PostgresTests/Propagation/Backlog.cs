using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>Many items and markers at once, written by SQL.</summary>
internal static class Backlog
{
    /// <summary>Adds items {Id, Group, Seq} without markers.</summary>
    public static Task AddItemsAsync(PropagationHost host, TableDefinition table, int count) => Oracle.ScalarAsync(
        host,
        """
        INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
        SELECT $1, encode(substring(sha256(convert_to(id, 'UTF8')), 1, 16), 'hex')::uuid, '',
               jsonb_build_object(
                   'Id', jsonb_build_object('S', id), 'Group', jsonb_build_object('S', 'g' || n % 100),
                   'Seq', jsonb_build_object('N', '7')),
               length(id) + 2 + length('g' || n % 100) + 5 + 3 + 2, 1,
               get_byte(sha256(convert_to(id, 'UTF8')), 0) >> 2
        FROM (SELECT n, 'item-' || n AS id FROM generate_series(1, $2) AS n) AS numbered
        """,
        table.Id,
        count);

    /// <summary>Adds markers of the items, in turn, that became due within the last 100 seconds.</summary>
    public static Task AddMarkersAsync(PropagationHost host, TableDefinition table, int count) => Oracle.ScalarAsync(
        host,
        """
        WITH numbered AS MATERIALIZED (
            SELECT row_number() OVER () - 1 AS n, count(*) OVER () AS items, partition_hash,
                   get_byte(uuid_send(partition_hash), 0) >> 2 AS slot
            FROM extenddb.items WHERE table_id = $1
        )
        INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT slot, now() - interval '100 s' + (m + n) * interval '100 s' / $2, $1, partition_hash, '', $3
        FROM numbered CROSS JOIN LATERAL generate_series(0, $2 - 1 - n, items) AS m
        """,
        table.Id,
        (long)count,
        table.Indexes.Select(i => i.Id).ToArray());
}
