-- Some items by their primary keys, in one snapshot.
-- $1 tables, $2 partition hashes, $3 sort keys, three arrays of one length; $4 leaves out what comes after that many
-- bytes of items, in the order of the arrays. Order: that of the arrays. Index pk_items. Locks nothing.
SELECT document, size_bytes, version, n
FROM (
    SELECT i.document, i.size_bytes, i.version, k.n, sum(i.size_bytes) OVER (ORDER BY k.n) AS bytes
    FROM unnest($1::int[], $2::uuid[], $3::bytea[]) WITH ORDINALITY AS k (table_id, partition_hash, sort_key, n)
    JOIN extenddb.items AS i USING (table_id, partition_hash, sort_key)
) AS found
WHERE bytes <= $4
ORDER BY n
