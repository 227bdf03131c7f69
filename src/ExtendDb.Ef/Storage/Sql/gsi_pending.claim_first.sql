-- Claims the first due marker of a slot whose turn the transaction has taken, and reads nothing of its item.
-- $1 slot, $2 the ready_at from which to scan, $3 the time until which markers are due (at least now()).
-- Index pk_gsi_pending. Locks the marker it deletes.
WITH first AS (
    SELECT ctid
    FROM extenddb.gsi_pending
    WHERE slot = $1 AND ready_at >= $2 AND ready_at <= greatest(now(), $3::timestamptz)
    ORDER BY ready_at, id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
DELETE FROM extenddb.gsi_pending
WHERE ctid = ANY (ARRAY(SELECT ctid FROM first))
RETURNING table_id, partition_hash, sort_key, index_ids, ready_at
