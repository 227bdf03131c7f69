-- Writes entries; an entry that is equal already is left unchanged.
-- $1 index, $2 partition hash, $3 sort key, $4 hash of the index's partition key, $5 index sort key, $6 document,
-- $7 size, $8 slot: arrays of one length, no key twice.
-- Order: primary key. Index pk_index_entries. Locks the entries it writes.
INSERT INTO extenddb.index_entries AS e
    (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)
SELECT n.index_id, n.partition_hash, n.sort_key, n.key_hash, n.key_sort, n.document, n.size_bytes, n.slot
FROM unnest($1::int[], $2::uuid[], $3::bytea[], $4::uuid[], $5::bytea[], $6::jsonb[], $7::int[], $8::smallint[])
    AS n (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)
ORDER BY n.index_id, n.partition_hash, n.sort_key
ON CONFLICT ON CONSTRAINT pk_index_entries DO UPDATE
SET key_hash = excluded.key_hash,
    key_sort = excluded.key_sort,
    document = excluded.document,
    size_bytes = excluded.size_bytes
WHERE (e.key_hash, e.key_sort, e.size_bytes, e.document)
    IS DISTINCT FROM (excluded.key_hash, excluded.key_sort, excluded.size_bytes, excluded.document)
