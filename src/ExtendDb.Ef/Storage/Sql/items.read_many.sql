-- Some items by their primary keys, in one snapshot.
-- $1 tables, $2 partition hashes, $3 sort keys, three arrays of one length; $4 leaves out what comes after that many
-- bytes of items, in the order of the arrays; $5 the slots of the items. Order: that of the arrays. Index pk_items, once for each key: OFFSET 0 keeps
-- a plan that was made while the table was empty from reading all of it later. Locks nothing.
SELECT document, size_bytes, version, n
FROM (
    SELECT i.document, i.size_bytes, i.version, k.n, sum(i.size_bytes) OVER (ORDER BY k.n) AS bytes
    FROM unnest($1::int[], $2::uuid[], $3::bytea[]) WITH ORDINALITY AS k (table_id, partition_hash, sort_key, n)
    CROSS JOIN LATERAL (
        SELECT document, size_bytes, version
        FROM extenddb.items
        WHERE slot = ANY ($5::smallint[]) AND table_id = k.table_id AND partition_hash = k.partition_hash AND sort_key = k.sort_key
        OFFSET 0
    ) AS i
) AS found
WHERE bytes <= $4
ORDER BY n
