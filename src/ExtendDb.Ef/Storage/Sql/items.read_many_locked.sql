-- Some items by their primary keys, to be changed.
-- $1 tables, $2 partition hashes, $3 sort keys, three arrays of one length, in the order of the keys; $4 the slots of the items. Index pk_items, once
-- for each key. Locks the rows until the end of the transaction, one after the other in the order of the arrays, so that
-- two such statements never wait for each other; a missing item cannot be locked, and of two transactions that insert it
-- the second fails with 23505.
SELECT i.document, i.size_bytes, i.version, k.n
FROM unnest($1::int[], $2::uuid[], $3::bytea[]) WITH ORDINALITY AS k (table_id, partition_hash, sort_key, n)
CROSS JOIN LATERAL (
    SELECT document, size_bytes, version
    FROM extenddb.items
    WHERE slot = ANY ($4::smallint[]) AND table_id = k.table_id AND partition_hash = k.partition_hash AND sort_key = k.sort_key
    FOR UPDATE
) AS i
