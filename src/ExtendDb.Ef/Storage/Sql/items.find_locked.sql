-- The positions of those items, among some, that other transactions hold at this moment.
-- $1 tables, $2 partition hashes, $3 sort keys, three arrays of one length; $4 the slots of the items. Index pk_items, once for each key, as in
-- items.read_many.sql. Locks the other items until the end of the transaction, which is to be rolled back.
WITH wanted AS (
    SELECT i.table_id, i.partition_hash, i.sort_key, k.n
    FROM unnest($1::int[], $2::uuid[], $3::bytea[]) WITH ORDINALITY AS k (table_id, partition_hash, sort_key, n)
    CROSS JOIN LATERAL (
        SELECT table_id, partition_hash, sort_key
        FROM extenddb.items
        WHERE slot = ANY ($4::smallint[]) AND table_id = k.table_id AND partition_hash = k.partition_hash AND sort_key = k.sort_key
        OFFSET 0
    ) AS i
), free AS MATERIALIZED (
    SELECT i.table_id, i.partition_hash, i.sort_key
    FROM wanted AS w
    CROSS JOIN LATERAL (
        SELECT table_id, partition_hash, sort_key
        FROM extenddb.items
        WHERE slot = ANY ($4::smallint[]) AND table_id = w.table_id AND partition_hash = w.partition_hash AND sort_key = w.sort_key
        FOR UPDATE SKIP LOCKED
    ) AS i
)
SELECT w.n
FROM wanted AS w
LEFT JOIN free AS f USING (table_id, partition_hash, sort_key)
WHERE f.table_id IS NULL
ORDER BY w.n
