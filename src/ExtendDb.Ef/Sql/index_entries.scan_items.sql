-- A run of entries of a local index, with the whole items they stand for.
-- $1 index, $2 and $3 partition hash and sort key of the item to start at, $4 last partition hash, $5 table, $6 how many.
-- Order: the items' partition hash and sort key. Indexes pk_index_entries and pk_items. Locks nothing.
SELECT i.document, e.size_bytes, e.partition_hash, e.sort_key, e.key_sort, i.size_bytes
FROM extenddb.index_entries AS e
JOIN extenddb.items AS i ON i.table_id = $5 AND i.partition_hash = e.partition_hash AND i.sort_key = e.sort_key
WHERE e.index_id = $1 AND (e.partition_hash, e.sort_key) >= ($2, $3) AND e.partition_hash <= $4
ORDER BY e.partition_hash, e.sort_key
LIMIT $6
