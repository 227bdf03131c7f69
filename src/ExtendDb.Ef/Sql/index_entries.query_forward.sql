-- A run of entries of one index with one partition key, ascending.
-- $1 index, $2 hash of the index's partition key, $3 lowest sort key of the index, $4 first one above the range,
-- $5 to $7 index sort key, partition hash and sort key to start at, $8 how many.
-- Order: index sort key, partition hash, sort key, all ascending. Index ix_index_entries_query. Locks nothing.
SELECT document, size_bytes, partition_hash, sort_key, key_sort
FROM extenddb.index_entries
WHERE index_id = $1 AND key_hash = $2 AND key_sort >= $3 AND key_sort < $4
  AND (key_sort, partition_hash, sort_key) >= ($5, $6, $7)
ORDER BY key_sort, partition_hash, sort_key
LIMIT $8
