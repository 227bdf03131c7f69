-- Enqueues the items of a slot again, with a delay, whose markers for an index would wait longer than this delay.
-- $1 slot, $2 index, $3 delay. Index pk_gsi_pending: reads the longer waiting markers of that slot. Locks no existing row.
INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
SELECT $1, clock_timestamp() + $3::interval, m.table_id, m.partition_hash, m.sort_key, ARRAY[$2::int]
FROM (
    SELECT DISTINCT table_id, partition_hash, sort_key
    FROM extenddb.gsi_pending
    WHERE slot = $1 AND ready_at > now() + $3::interval AND $2 = ANY (index_ids)
) AS m
