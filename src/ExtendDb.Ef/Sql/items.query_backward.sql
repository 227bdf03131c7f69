-- A run of items of one partition, descending.
-- $1 table, $2 partition hash, $3 lowest sort key, $4 first sort key above the range, $5 how many.
-- Order: sort key, descending. Index pk_items. Locks nothing.
SELECT document, size_bytes, partition_hash, sort_key
FROM extenddb.items
WHERE table_id = $1 AND partition_hash = $2 AND sort_key >= $3 AND sort_key < $4
ORDER BY sort_key DESC
LIMIT $5
