-- Gives a consumer places in the shards of its table's streams where it has none: in the streams that are there when it first runs
-- at its start, in later streams at their beginning.
-- $1 consumer, $2 its table, $3 the start: TRIM_HORIZON, LATEST or AT_TIMESTAMP, $4 the time of AT_TIMESTAMP.
-- Indexes pk_stream_consumers, ix_streams_label, pk_stream_shards, pk_stream_consumer_shards; for AT_TIMESTAMP it reads all
-- records of a shard, once. Inserts rows; two such statements wait for each other, and the second inserts nothing.
INSERT INTO extenddb.stream_consumer_shards (consumer, stream_id, shard, number, attempts)
SELECT $1, s.stream_id, s.shard,
       CASE
           WHEN d.created_at > c.created_at OR $3 = 'TRIM_HORIZON' THEN s.trimmed_number
           WHEN $3 = 'LATEST' THEN s.last_number
           ELSE coalesce(
               (SELECT min(r.number) - 1
                FROM extenddb.stream_records AS r
                WHERE r.stream_id = s.stream_id AND r.shard = s.shard AND r.created_at >= $4),
               s.last_number)
       END,
       0
FROM extenddb.stream_consumers AS c
JOIN extenddb.streams AS d ON d.table_name = $2
JOIN extenddb.stream_shards AS s ON s.stream_id = d.id
WHERE c.name = $1 AND NOT EXISTS (
    SELECT
    FROM extenddb.stream_consumer_shards AS p
    WHERE p.consumer = $1 AND p.stream_id = s.stream_id AND p.shard = s.shard)
ON CONFLICT (consumer, stream_id, shard) DO NOTHING
