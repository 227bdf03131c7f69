-- Locks an entry until the end of the transaction, so that its item cannot be put without waiting.
-- $1 index, $2 partition hash, $3 sort key, $4 slot. Index pk_index_entries. Locks the entry.
SELECT FROM extenddb.index_entries WHERE slot = $4 AND index_id = $1 AND partition_hash = $2 AND sort_key = $3 FOR UPDATE
