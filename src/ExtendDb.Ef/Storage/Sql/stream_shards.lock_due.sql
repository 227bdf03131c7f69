-- Takes the turn for free shards that have records without a number; the numbers are given in a later statement.
-- $1 the largest number of shards.
-- Returns the shards. Reads all shards of all streams; index pk_stream_pending: one probe a shard. Locks the rows it returns
-- until the end of the transaction, and skips rows that other transactions hold.
SELECT s.stream_id, s.shard
FROM extenddb.stream_shards AS s
WHERE EXISTS (
    SELECT FROM extenddb.stream_pending AS p WHERE p.stream_id = s.stream_id AND p.shard = s.shard AND p.id > s.done_id
    OFFSET 0)
LIMIT $1
FOR UPDATE OF s SKIP LOCKED
