-- Whether an item exists at any of some keys.
-- $1 tables, $2 partition hashes, $3 sort keys, three arrays of one length; $4 the slots of the items. Index pk_items, once for each key, as in
-- items.read_many.sql. Locks nothing.
SELECT EXISTS (
    SELECT
    FROM unnest($1::int[], $2::uuid[], $3::bytea[]) AS k (table_id, partition_hash, sort_key)
    CROSS JOIN LATERAL (
        SELECT
        FROM extenddb.items
        WHERE slot = ANY ($4::smallint[]) AND table_id = k.table_id AND partition_hash = k.partition_hash AND sort_key = k.sort_key
        OFFSET 0
    ) AS i
)
