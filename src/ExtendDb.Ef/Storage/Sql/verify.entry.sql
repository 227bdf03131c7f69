-- The item of a key beside its entry in one index; either may be missing, then its columns are null.
-- $1 table, $2 index, $3 partition hash, $4 sort key, $5 slot. Always one row. Indexes pk_items, pk_index_entries. Locks nothing. To be
-- run in the snapshot of verify.compare.sql.
SELECT i.document, e.key_hash, e.key_sort, e.size_bytes, e.document
FROM (VALUES (1)) AS one
LEFT JOIN extenddb.items AS i ON i.slot = $5 AND i.table_id = $1 AND i.partition_hash = $3 AND i.sort_key = $4
LEFT JOIN extenddb.index_entries AS e ON e.slot = $5 AND e.index_id = $2 AND e.partition_hash = $3 AND e.sort_key = $4
