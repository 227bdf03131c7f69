-- A run of entries of a local index, with the whole items they stand for.
-- $1 index, $2 to $5 hash of the index's partition key, index sort key, partition hash and sort key to start at, $6 last hash
-- of the index's partition key, $7 table, $8 how many; $9 leaves out what comes after the first item that exceeds that many
-- bytes in all. An entry without its item has no document.
-- Order: hash of the index's partition key, index sort key, partition hash, sort key. Indexes ix_index_entries_query and
-- pk_items, the items one by one whatever the planner thinks of their number. Locks nothing.
SELECT document, entry_bytes, partition_hash, sort_key, key_sort, key_hash, size_bytes
FROM (
    SELECT i.document, e.entry_bytes, e.partition_hash, e.sort_key, e.key_sort, e.key_hash, i.size_bytes,
           coalesce(sum(i.size_bytes) OVER so_far - i.size_bytes, 0) AS bytes_before
    FROM (
        SELECT slot, size_bytes AS entry_bytes, partition_hash, sort_key, key_sort, key_hash
        FROM extenddb.index_entries
        WHERE index_id = $1 AND (key_hash, key_sort, partition_hash, sort_key) >= ($2, $3, $4, $5) AND key_hash <= $6
        ORDER BY key_hash, key_sort, partition_hash, sort_key
        LIMIT $8
    ) AS e
    LEFT JOIN LATERAL (
        SELECT document, size_bytes
        FROM extenddb.items
        WHERE slot = e.slot AND table_id = $7 AND partition_hash = e.partition_hash AND sort_key = e.sort_key
        LIMIT 1
    ) AS i ON true
    WINDOW so_far AS (ORDER BY key_hash, key_sort, partition_hash, sort_key ROWS UNBOUNDED PRECEDING)
) AS run
WHERE bytes_before <= $9
ORDER BY key_hash, key_sort, partition_hash, sort_key
