-- Takes the turn for one shard, and waits for the present holder; the claim comes in a later statement.
-- $1 shard. Index pk_gsi_shards. Locks the row until the end of the transaction.
SELECT FROM extenddb.gsi_shards WHERE shard = $1 FOR UPDATE
