-- Takes the turn of a record that was set aside and is due; no row when there is none.
-- $1 consumer. Reads the records that the consumer has set aside. Locks the row until the end of the transaction, and skips rows that
-- other transactions hold.
SELECT a.stream_id, a.shard, a.attempts, d.table_name, d.view_type, d.created_at,
       a.number, a.event_name, a.is_expiry, a.created_at, a.size_bytes, a.keys, a.old_image, a.new_image
FROM (
    SELECT *
    FROM extenddb.stream_set_aside
    WHERE consumer = $1 AND next_attempt_at <= clock_timestamp()
    ORDER BY next_attempt_at
    LIMIT 1
    FOR UPDATE SKIP LOCKED
) AS a
CROSS JOIN LATERAL (SELECT table_name, view_type, created_at FROM extenddb.streams WHERE id = a.stream_id OFFSET 0) AS d
