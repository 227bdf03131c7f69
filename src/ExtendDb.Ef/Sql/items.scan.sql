-- A run of items of a table.
-- $1 table, $2 and $3 partition hash and sort key to start at, $4 last partition hash, $5 how many.
-- Order: partition hash, sort key. Index pk_items. Locks nothing.
SELECT document, size_bytes, partition_hash, sort_key
FROM extenddb.items
WHERE table_id = $1 AND (partition_hash, sort_key) >= ($2, $3) AND partition_hash <= $4
ORDER BY partition_hash, sort_key
LIMIT $5
