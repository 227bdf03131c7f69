-- Deletes some entries of an index that is being deleted.
-- $1 index, $2 how many at most. Index pk_index_entries. Locks the rows it deletes, and skips those that others hold.
DELETE FROM extenddb.index_entries AS e
USING (
    SELECT index_id, partition_hash, sort_key
    FROM extenddb.index_entries
    WHERE index_id = $1
    LIMIT $2
    FOR UPDATE SKIP LOCKED
) AS chunk
WHERE e.index_id = chunk.index_id AND e.partition_hash = chunk.partition_hash AND e.sort_key = chunk.sort_key
