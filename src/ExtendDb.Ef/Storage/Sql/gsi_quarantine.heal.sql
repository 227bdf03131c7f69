-- Takes entries that have been applied out of quarantine.
-- $1 index, $2 partition hash, $3 sort key: arrays of one length; $4 the slots of the items. Index pk_gsi_quarantine. Locks the rows it deletes.
DELETE FROM extenddb.gsi_quarantine AS q
USING unnest($1::int[], $2::uuid[], $3::bytea[]) AS n (index_id, partition_hash, sort_key)
WHERE q.slot = ANY ($4::smallint[]) AND q.index_id = n.index_id AND q.partition_hash = n.partition_hash AND q.sort_key = n.sort_key
