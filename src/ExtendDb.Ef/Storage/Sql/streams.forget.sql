-- Removes the streams that have been DISABLED for some time and have no records any more.
-- $1 the time for which they stay. Reads all streams; indexes pk_stream_shards, pk_stream_pending. Locks the removed rows.
WITH gone AS (
    DELETE FROM extenddb.streams AS d
    WHERE d.status = 'DISABLED' AND d.disabled_at < clock_timestamp() - $1::interval AND NOT EXISTS (
        SELECT FROM extenddb.stream_shards AS s WHERE s.stream_id = d.id AND s.trimmed_number < s.last_number)
      AND NOT EXISTS (SELECT FROM extenddb.stream_pending AS p WHERE p.stream_id = d.id)
    RETURNING id
)
DELETE FROM extenddb.stream_shards WHERE stream_id IN (SELECT id FROM gone)
