-- Saves the place of a consumer in a shard, in the transaction of the effect of the records.
-- $1 consumer, $2 stream, $3 shard, $4 the number of the last record that was handled. Index pk_stream_consumer_shards.
UPDATE extenddb.stream_consumer_shards
SET number = $4, attempts = 0, next_attempt_at = NULL, error = NULL
WHERE consumer = $1 AND stream_id = $2 AND shard = $3
