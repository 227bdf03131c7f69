-- Deletes some items of a table that is being deleted.
-- $1 table, $2 how many at most. Index pk_items. Locks the rows it deletes, and skips those that others hold: they are
-- taken with a later chunk.
DELETE FROM extenddb.items AS i
USING (
    SELECT table_id, partition_hash, sort_key
    FROM extenddb.items
    WHERE table_id = $1
    LIMIT $2
    FOR UPDATE SKIP LOCKED
) AS chunk
WHERE i.table_id = chunk.table_id AND i.partition_hash = chunk.partition_hash AND i.sort_key = chunk.sort_key
