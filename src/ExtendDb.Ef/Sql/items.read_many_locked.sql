-- Some items by their primary keys, to be changed.
-- $1 tables, $2 partition hashes, $3 sort keys, three arrays of one length. Index pk_items. Locks the rows until the end
-- of the transaction, in the order of their keys, so that two of these never wait for each other; an item that does not
-- exist cannot be locked, and whoever inserts it second fails with 23505.
SELECT i.document, i.size_bytes, i.version, k.n
FROM unnest($1::int[], $2::uuid[], $3::bytea[]) WITH ORDINALITY AS k (table_id, partition_hash, sort_key, n)
JOIN extenddb.items AS i USING (table_id, partition_hash, sort_key)
ORDER BY i.table_id, i.partition_hash, i.sort_key
FOR UPDATE OF i
