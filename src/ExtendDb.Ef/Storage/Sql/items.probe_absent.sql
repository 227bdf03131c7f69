-- Finds out whether another transaction is inserting an item, by trying the same; waits for it as long as lock_timeout.
-- $1 table, $2 partition hash, $3 sort key. Index pk_items. Locks the place until it is undone, as it has to be; does
-- nothing when the item is there.
INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version)
VALUES ($1, $2, $3, '{}', 1, 1)
ON CONFLICT DO NOTHING
