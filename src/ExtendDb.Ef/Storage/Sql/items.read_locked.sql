-- One item by its primary key, to be changed.
-- $1 table, $2 partition hash, $3 sort key, $4 slot. Index pk_items. Locks the row until the end of the transaction; a missing item
-- cannot be locked, and of two transactions that insert it the second fails with 23505.
SELECT document, size_bytes, version
FROM extenddb.items
WHERE slot = $4 AND table_id = $1 AND partition_hash = $2 AND sort_key = $3
FOR UPDATE
