-- Removes a consumer with its places and the records that it has set aside.
-- $1 name. Returns nothing; the number of removed consumers is that of the rows. Indexes pk_stream_consumers,
-- pk_stream_consumer_shards, pk_stream_set_aside. Waits for the transactions that handle records for the consumer.
WITH places AS (
    DELETE FROM extenddb.stream_consumer_shards WHERE consumer = $1
),
set_aside AS (
    DELETE FROM extenddb.stream_set_aside WHERE consumer = $1
)
DELETE FROM extenddb.stream_consumers WHERE name = $1
