-- A run of entries of one index with one partition key, ascending.
-- $1 index, $2 hash of the index's partition key, $3 to $5 index sort key, partition hash and sort key to start at,
-- $6 first index sort key above the range, $7 how many; $8 leaves out what comes after the first entry that exceeds that
-- many bytes in all.
-- Order: index sort key, partition hash, sort key, all ascending. Index ix_index_entries_query. Locks nothing.
-- One bound on each side: with two, PostgreSQL 18 begins at the wider one and filters its way to the place.
SELECT document, size_bytes, partition_hash, sort_key, key_sort, key_hash
FROM (
    SELECT document, size_bytes, partition_hash, sort_key, key_sort, key_hash,
           sum(size_bytes) OVER so_far - size_bytes AS bytes_before
    FROM extenddb.index_entries
    WHERE index_id = $1 AND key_hash = $2
      AND (key_sort, partition_hash, sort_key) >= ($3, $4, $5) AND key_sort < $6
    WINDOW so_far AS (ORDER BY key_sort, partition_hash, sort_key ROWS UNBOUNDED PRECEDING)
    ORDER BY key_sort, partition_hash, sort_key
    LIMIT $7
) AS run
WHERE bytes_before <= $8
ORDER BY key_sort, partition_hash, sort_key
