-- Inserts or replaces items whatever is stored, with their markers, if all their tables have the definitions for which these were
-- made; otherwise nothing is written. Nothing is written for an item that is stored already, nor where one with another key is
-- stored under the same hash.
-- $1 tables, $2 the versions of their definitions; the items in the order of their keys: $3 table, $4 partition hash, $5 sort
-- key, $6 document, $7 size, $8 the attributes of the key, $9 slot, $10 the version that the item then has if it is stored as
-- it was read; $11 version of a new item; the global indexes: $12 place of the item, $13 index, $14 delay, $15 whether the
-- change of what was read concerns the index. All but $11 are arrays.
-- Returns at least one row: whether the definitions are current; and, for each item that was written, its place, the time of
-- the write, and whether another writer was between: then all global indexes of the item are refreshed.
-- Indexes pk_tables, pk_items. Locks the items, one after the other in the order of the arrays, until its end.
WITH definitions AS MATERIALIZED (
    SELECT count(*) = cardinality($1::int[]) AS are_current
    FROM unnest($1::int[], $2::bigint[]) AS k (id, version)
    CROSS JOIN LATERAL (
        SELECT FROM extenddb.tables WHERE id = k.id AND definition_version = k.version OFFSET 0
    ) AS t
),
asked AS MATERIALIZED (
    SELECT *
    FROM unnest($3::int[], $4::uuid[], $5::bytea[], $6::jsonb[], $7::int[], $8::jsonb[], $9::smallint[], $10::bigint[])
        WITH ORDINALITY AS k (table_id, partition_hash, sort_key, document, size_bytes, key, slot, expected, n)
),
written AS (
    INSERT INTO extenddb.items AS i (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
    SELECT a.table_id, a.partition_hash, a.sort_key, a.document, a.size_bytes, $11, a.slot
    FROM asked AS a
    WHERE (SELECT are_current FROM definitions)
    ORDER BY a.n
    -- Compares with the newest row, under its lock. A row that this statement has read could be an older one.
    ON CONFLICT ON CONSTRAINT pk_items DO UPDATE
    SET document = excluded.document, size_bytes = excluded.size_bytes, version = i.version + 1
    WHERE i.document IS DISTINCT FROM excluded.document
      AND i.document @> (
        SELECT a.key
        FROM asked AS a
        WHERE (a.table_id, a.partition_hash, a.sort_key) = (excluded.table_id, excluded.partition_hash, excluded.sort_key))
    -- After the row's lock has been waited for, so that no marker is committed behind the hints of the queue's scans.
    RETURNING i.table_id, i.partition_hash, i.sort_key, i.version, clock_timestamp() AS at
),
done AS MATERIALIZED (
    SELECT a.n, a.table_id, a.partition_hash, a.sort_key, a.slot, w.at, w.version <> a.expected AS is_raced
    FROM written AS w
    JOIN asked AS a USING (table_id, partition_hash, sort_key)
),
enqueued AS (
    INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
    SELECT d.slot, d.at + m.delay, d.table_id, d.partition_hash, d.sort_key, array_agg(m.index_id)
    FROM done AS d
    JOIN unnest($12::int[], $13::int[], $14::interval[], $15::bool[]) AS m (n, index_id, delay, is_affected) ON m.n = d.n
    WHERE m.is_affected OR d.is_raced
    GROUP BY d.n, d.slot, d.at, d.table_id, d.partition_hash, d.sort_key, m.delay
)
SELECT c.are_current, d.n, d.at, d.is_raced
FROM (SELECT (SELECT are_current FROM definitions) AS are_current) AS c
LEFT JOIN done AS d ON true
