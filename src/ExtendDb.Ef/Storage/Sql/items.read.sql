-- One item by its primary key.
-- $1 table, $2 partition hash, $3 sort key, $4 slot. Index pk_items. Locks nothing.
SELECT document, size_bytes, version
FROM extenddb.items
WHERE slot = $4 AND table_id = $1 AND partition_hash = $2 AND sort_key = $3
