-- Enqueues again, with a delay, the items of a shard that wait longer than that for an index.
-- $1 shard, $2 index, $3 delay. Index pk_gsi_pending: reads what waits longer in that shard. Locks nothing that is there.
INSERT INTO extenddb.gsi_pending (shard, ready_at, table_id, partition_hash, sort_key, index_ids)
SELECT DISTINCT m.shard, now() + $3::interval, m.table_id, m.partition_hash, m.sort_key, ARRAY[$2::int]
FROM extenddb.gsi_pending AS m
WHERE m.shard = $1 AND m.ready_at > now() + $3::interval AND $2 = ANY (m.index_ids)
