-- Whether an item exists at any of some keys.
-- $1 tables, $2 partition hashes, $3 sort keys, three arrays of one length. Index pk_items. Locks nothing.
SELECT EXISTS (
    SELECT
    FROM unnest($1::int[], $2::uuid[], $3::bytea[]) AS k (table_id, partition_hash, sort_key)
    JOIN extenddb.items AS i USING (table_id, partition_hash, sort_key)
)
