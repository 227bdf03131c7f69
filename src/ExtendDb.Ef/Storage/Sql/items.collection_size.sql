-- The bytes of an item collection: of all items of a partition, and of their entries in local indexes.
-- $1 table, $2 partition hash, $3 local indexes, $4 slot. Indexes pk_items and pk_index_entries, whose order keeps the planner from
-- the other index, which is in the order of another key. Locks nothing.
SELECT (
    SELECT coalesce(sum(size_bytes), 0)
    FROM extenddb.items
    WHERE slot = $4 AND table_id = $1 AND partition_hash = $2
)::bigint + (
    SELECT coalesce(sum(size_bytes), 0)
    FROM unnest($3::int[]) AS i (id)
    CROSS JOIN LATERAL (
        SELECT size_bytes
        FROM extenddb.index_entries
        WHERE slot = $4 AND index_id = i.id AND partition_hash = $2
        ORDER BY partition_hash, sort_key
        OFFSET 0
    ) AS e
)::bigint
