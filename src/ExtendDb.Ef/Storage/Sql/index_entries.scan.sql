-- A run of entries of an index.
-- $1 index, $2 to $5 hash of the index's partition key, index sort key, partition hash and sort key to start at, $6 last hash
-- of the index's partition key, $7 how many; $8 leaves out what comes after the first entry that exceeds that many bytes in
-- all.
-- Order: hash of the index's partition key, index sort key, partition hash, sort key. Index ix_index_entries_query. Locks
-- nothing.
SELECT document, size_bytes, partition_hash, sort_key, key_sort, key_hash
FROM (
    SELECT document, size_bytes, partition_hash, sort_key, key_sort, key_hash,
           sum(size_bytes) OVER so_far - size_bytes AS bytes_before
    FROM extenddb.index_entries
    WHERE index_id = $1 AND (key_hash, key_sort, partition_hash, sort_key) >= ($2, $3, $4, $5) AND key_hash <= $6
    WINDOW so_far AS (ORDER BY key_hash, key_sort, partition_hash, sort_key ROWS UNBOUNDED PRECEDING)
    ORDER BY key_hash, key_sort, partition_hash, sort_key
    LIMIT $7
) AS run
WHERE bytes_before <= $8
ORDER BY key_hash, key_sort, partition_hash, sort_key
