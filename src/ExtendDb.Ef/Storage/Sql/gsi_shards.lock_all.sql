-- Waits for all running batches, and lets none start until the end of the transaction. Order: shard.
SELECT shard FROM extenddb.gsi_shards ORDER BY shard FOR UPDATE
