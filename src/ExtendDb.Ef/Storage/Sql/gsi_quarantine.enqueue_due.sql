-- Enqueues quarantined entries whose pause is over, due at once. An entry leaves quarantine when it has been applied; until
-- then it has no retry_at, so that it is enqueued once.
-- $1 limit. The slot is that of Keys/ItemSlot.cs. Index ix_gsi_quarantine_retry_at. Locks the rows that it enqueues, and
-- leaves out those that another has locked.
WITH due AS (
    SELECT ctid
    FROM extenddb.gsi_quarantine
    WHERE retry_at <= clock_timestamp()
    ORDER BY retry_at
    LIMIT $1
    FOR UPDATE SKIP LOCKED
),
-- By their places, which the locks keep.
enqueued AS (
    UPDATE extenddb.gsi_quarantine
    SET retry_at = NULL
    WHERE ctid = ANY (ARRAY(SELECT ctid FROM due))
    RETURNING index_id, partition_hash, sort_key, table_id
)
INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
SELECT get_byte(uuid_send(partition_hash), 0) >> 2, clock_timestamp(), table_id, partition_hash, sort_key,
       ARRAY[index_id]
FROM enqueued
