-- Which of some keys have a marker waiting for an index, or are in its quarantine: their entries may differ.
-- $1 table, $2 index, $3 shard, $4 partition hash, $5 sort key: the last three arrays of one length.
-- Returns positions in the arrays, from 1. Index pk_gsi_pending by shard, so it reads the queue of those shards.
-- Locks nothing. To be run in the snapshot of verify.compare.sql.
SELECT DISTINCT k.position::int
FROM unnest($3::smallint[], $4::uuid[], $5::bytea[])
    WITH ORDINALITY AS k (shard, partition_hash, sort_key, position)
WHERE EXISTS (
        SELECT FROM extenddb.gsi_pending AS m
        WHERE m.shard = k.shard AND m.table_id = $1 AND m.partition_hash = k.partition_hash
          AND m.sort_key = k.sort_key AND $2 = ANY (m.index_ids))
   OR EXISTS (
        SELECT FROM extenddb.gsi_quarantine AS q
        WHERE q.index_id = $2 AND q.partition_hash = k.partition_hash AND q.sort_key = k.sort_key)
