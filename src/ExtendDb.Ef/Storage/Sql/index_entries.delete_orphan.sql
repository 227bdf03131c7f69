-- Deletes the entry of a local index whose item is gone. An earlier statement of the transaction has locked the entry, so an item
-- that was put meanwhile has committed and is seen, or waits for the entry.
-- $1 table, $2 index, $3 partition hash, $4 sort key, $5 slot. Indexes pk_index_entries, pk_items. Locks the entry.
DELETE FROM extenddb.index_entries AS e
WHERE e.slot = $5 AND e.index_id = $2 AND e.partition_hash = $3 AND e.sort_key = $4
  AND NOT EXISTS (
    SELECT FROM extenddb.items AS i WHERE i.slot = $5 AND i.table_id = $1 AND i.partition_hash = $3 AND i.sort_key = $4)
