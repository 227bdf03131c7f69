-- Takes the turn for one shard, waiting for whoever has it; the claim comes in a later statement.
-- $1 shard. Index pk_gsi_shards. Locks the row until the end of the transaction.
SELECT FROM extenddb.gsi_shards WHERE shard = $1 FOR UPDATE
