-- Removes the streams that have been DISABLED for some time and have no records any more.
-- $1 the time for which they stay. Reads all streams; indexes pk_stream_shards, pk_stream_pending. Locks the removed rows.
WITH gone AS (
    DELETE FROM extenddb.streams AS d
    WHERE d.status = 'DISABLED' AND d.disabled_at < clock_timestamp() - $1::interval AND NOT EXISTS (
        SELECT FROM extenddb.stream_shards AS s WHERE s.stream_id = d.id AND s.trimmed_number < s.last_number)
      AND NOT EXISTS (SELECT FROM extenddb.stream_pending AS p WHERE p.stream_id = d.id)
      -- A consumer that has not handled all records is told that they are gone. A record that is set aside names its stream.
      AND NOT EXISTS (
        SELECT
        FROM extenddb.stream_consumer_shards AS c
        JOIN extenddb.stream_shards AS s ON s.stream_id = c.stream_id AND s.shard = c.shard
        WHERE c.stream_id = d.id AND c.number < s.last_number)
      AND NOT EXISTS (SELECT FROM extenddb.stream_set_aside AS a WHERE a.stream_id = d.id)
    RETURNING id
),
places AS (
    DELETE FROM extenddb.stream_consumer_shards WHERE stream_id IN (SELECT id FROM gone)
)
DELETE FROM extenddb.stream_shards WHERE stream_id IN (SELECT id FROM gone)
