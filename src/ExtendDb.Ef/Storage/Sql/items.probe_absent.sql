-- Finds out whether another transaction is inserting an item, by inserting the same; waits at most lock_timeout.
-- $1 table, $2 partition hash, $3 sort key, $4 slot. Index pk_items. Locks the key until the insert is rolled back, which is
-- required;
-- does nothing when the item exists.
INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
VALUES ($1, $2, $3, '{}', 1, 1, $4)
ON CONFLICT DO NOTHING
