-- A run of entries of one local index with one partition key, with the whole items they stand for, ascending.
-- $1 index, $2 hash of the index's partition key, $3 lowest sort key of the index, $4 first one above the range,
-- $5 to $7 index sort key, partition hash and sort key to start at, $8 table, $9 how many.
-- Order: index sort key, partition hash, sort key, all ascending. Indexes ix_index_entries_query and pk_items. Locks
-- nothing.
SELECT i.document, e.size_bytes, e.partition_hash, e.sort_key, e.key_sort, i.size_bytes
FROM extenddb.index_entries AS e
JOIN extenddb.items AS i ON i.table_id = $8 AND i.partition_hash = e.partition_hash AND i.sort_key = e.sort_key
WHERE e.index_id = $1 AND e.key_hash = $2 AND e.key_sort >= $3 AND e.key_sort < $4
  AND (e.key_sort, e.partition_hash, e.sort_key) >= ($5, $6, $7)
ORDER BY e.key_sort, e.partition_hash, e.sort_key
LIMIT $9
