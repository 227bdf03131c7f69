-- Moves a consumer to the beginning or to the end of all shards, and lets stopped shards go on.
-- $1 consumer, $2 the place: TRIM_HORIZON, LATEST, or null to keep it. Indexes pk_stream_consumer_shards, pk_stream_shards.
-- Waits for the transactions that handle records for the consumer.
UPDATE extenddb.stream_consumer_shards AS p
SET number = CASE $2::text WHEN 'TRIM_HORIZON' THEN s.trimmed_number WHEN 'LATEST' THEN s.last_number ELSE p.number END,
    attempts = 0, next_attempt_at = NULL, error = NULL
FROM extenddb.stream_shards AS s
WHERE p.consumer = $1 AND s.stream_id = p.stream_id AND s.shard = p.shard
