-- A run of entries of a local index, with the whole items they stand for.
-- $1 index, $2 and $3 partition hash and sort key of the item to start at, $4 last partition hash, $5 table,
-- $6 how many; $7 leaves out what comes after the first item that exceeds that many bytes in all. An entry without its
-- item has no document.
-- Order: the items' partition hash and sort key. Indexes pk_index_entries and pk_items, the items one by one whatever
-- the planner thinks of their number. Locks nothing.
SELECT document, entry_bytes, partition_hash, sort_key, key_sort, size_bytes
FROM (
    SELECT i.document, e.entry_bytes, e.partition_hash, e.sort_key, e.key_sort, i.size_bytes,
           coalesce(sum(i.size_bytes) OVER so_far - i.size_bytes, 0) AS bytes_before
    FROM (
        SELECT size_bytes AS entry_bytes, partition_hash, sort_key, key_sort
        FROM extenddb.index_entries
        WHERE index_id = $1 AND (partition_hash, sort_key) >= ($2, $3) AND partition_hash <= $4
        ORDER BY partition_hash, sort_key
        LIMIT $6
    ) AS e
    LEFT JOIN LATERAL (
        SELECT document, size_bytes
        FROM extenddb.items
        WHERE table_id = $5 AND partition_hash = e.partition_hash AND sort_key = e.sort_key
        LIMIT 1
    ) AS i ON true
    WINDOW so_far AS (ORDER BY partition_hash, sort_key ROWS UNBOUNDED PRECEDING)
) AS run
WHERE bytes_before <= $7
ORDER BY partition_hash, sort_key
