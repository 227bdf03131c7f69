-- Locks keys without an item, against transactions that take the same locks, because a missing item has no row to lock.
-- $1 tables, $2 partition hashes, $3 sort keys, three arrays of one length. Locks advisory keys until the end of the
-- transaction, in their order, so that two such statements never wait for each other.
SELECT pg_advisory_xact_lock(place)
FROM (
    SELECT DISTINCT hashtextextended(concat_ws('/', 'extenddb', table_id, partition_hash, encode(sort_key, 'hex')), 0) AS place
    FROM unnest($1::int[], $2::uuid[], $3::bytea[]) AS k (table_id, partition_hash, sort_key)
    ORDER BY place
) AS places
