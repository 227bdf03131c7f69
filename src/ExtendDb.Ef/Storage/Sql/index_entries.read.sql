-- The document of one entry, found by the key of its item.
-- $1 index, $2 partition hash, $3 sort key, $4 slot. Index pk_index_entries. Locks nothing.
SELECT document FROM extenddb.index_entries WHERE slot = $4 AND index_id = $1 AND partition_hash = $2 AND sort_key = $3
