-- Enqueues the quarantined entries of some indexes, due at once. An entry leaves quarantine when it has been applied.
-- $1 indexes. The shard is that of Keys/Shard.cs. Index pk_gsi_quarantine. Locks no existing row.
INSERT INTO extenddb.gsi_pending (shard, ready_at, table_id, partition_hash, sort_key, index_ids)
SELECT get_byte(sha256(uuid_send(partition_hash) || sort_key), 0) % 32, clock_timestamp(), table_id, partition_hash, sort_key,
       ARRAY[index_id]
FROM extenddb.gsi_quarantine
WHERE index_id = ANY ($1::int[])
