-- Enqueues items for one index.
-- $1 table, $2 index, $3 slot, $4 partition hash, $5 sort key: the last three arrays of one length; $6 delay until due.
-- Index pk_gsi_pending. Locks no existing row.
INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
SELECT k.slot, clock_timestamp() + $6::interval, $1, k.partition_hash, k.sort_key, ARRAY[$2::int]
FROM unnest($3::smallint[], $4::uuid[], $5::bytea[]) AS k (slot, partition_hash, sort_key)
