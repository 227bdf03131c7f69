-- Deletes the entries of items that are not, or no longer, in an index.
-- $1 index, $2 partition hash, $3 sort key: arrays of one length; $4 the slots of the items.
-- Index pk_index_entries. Locks the entries it deletes.
DELETE FROM extenddb.index_entries AS e
USING unnest($1::int[], $2::uuid[], $3::bytea[]) AS n (index_id, partition_hash, sort_key)
WHERE e.slot = ANY ($4::smallint[]) AND e.index_id = n.index_id AND e.partition_hash = n.partition_hash AND e.sort_key = n.sort_key
