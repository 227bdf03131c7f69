-- The bytes of an item collection: of all items of a partition, and of their entries in local indexes.
-- $1 table, $2 partition hash, $3 local indexes. Indexes pk_items and pk_index_entries. Locks nothing.
SELECT (
    SELECT coalesce(sum(size_bytes), 0)
    FROM extenddb.items
    WHERE table_id = $1 AND partition_hash = $2
)::bigint + (
    SELECT coalesce(sum(size_bytes), 0)
    FROM extenddb.index_entries
    WHERE index_id = ANY ($3) AND partition_hash = $2
)::bigint
