-- Notes a failed try, in a transaction of its own, unless the place has moved meanwhile.
-- $1 consumer, $2 stream, $3 shard, $4 the place, $5 the error, $6 the pause until the next try; null stops the shard.
-- Returns how often the records behind the place have failed. Index pk_stream_consumer_shards.
UPDATE extenddb.stream_consumer_shards
SET attempts = attempts + 1, error = $5, next_attempt_at = coalesce(clock_timestamp() + $6::interval, 'infinity')
WHERE consumer = $1 AND stream_id = $2 AND shard = $3 AND number = $4
RETURNING attempts
