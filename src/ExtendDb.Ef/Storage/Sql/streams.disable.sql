-- Ends a DISABLING stream whose records all have their numbers; nobody adds one any more.
-- $1 stream. Indexes pk_streams, pk_stream_shards, pk_stream_pending: one probe a shard. Locks the rows of the stream and its
-- shards.
WITH stream AS (
    UPDATE extenddb.streams
    SET status = 'DISABLED'
    WHERE id = $1 AND status = 'DISABLING' AND NOT EXISTS (
        SELECT
        FROM extenddb.stream_shards AS s
        CROSS JOIN LATERAL (
            SELECT
            FROM extenddb.stream_pending
            WHERE stream_id = s.stream_id AND shard = s.shard AND id > s.done_id
            ORDER BY stream_id, shard, id
            LIMIT 1
        ) AS p
        WHERE s.stream_id = $1)
    RETURNING id
)
-- A stream that was never ENABLED leaves records that never get a number.
UPDATE extenddb.stream_shards
SET done_id = (SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM extenddb.stream_pending_id_seq)
WHERE stream_id = (SELECT id FROM stream)
