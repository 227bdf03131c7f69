-- Deletes items whatever is stored, with their markers, if all their tables have the definitions for which these were made;
-- otherwise nothing is deleted. Nothing is deleted where no item is found, or one with another key under the same hash, or one
-- that another transaction wrote while this statement waited for it.
-- $1 tables, $2 the versions of their definitions; the items in the order of their keys: $3 table, $4 partition hash, $5 sort
-- key, $6 the attributes of the key, $7 slot; the global indexes: $8 place of the item, $9 index, $10 delay. All are arrays.
-- Returns at least one row: whether the definitions are current; and, for each item that was deleted, its place and the time.
-- Indexes pk_tables, pk_items. Locks the items, one after the other in the order of the arrays, until its end.
WITH definitions AS MATERIALIZED (
    SELECT count(*) = cardinality($1::int[]) AS are_current
    FROM unnest($1::int[], $2::bigint[]) AS k (id, version)
    CROSS JOIN LATERAL (
        SELECT FROM extenddb.tables WHERE id = k.id AND definition_version = k.version OFFSET 0
    ) AS t
),
asked AS MATERIALIZED (
    SELECT *
    FROM unnest($3::int[], $4::uuid[], $5::bytea[], $6::jsonb[], $7::smallint[])
        WITH ORDINALITY AS k (table_id, partition_hash, sort_key, key, slot, n)
),
locked AS MATERIALIZED (
    SELECT i.place
    FROM asked AS a
    CROSS JOIN LATERAL (
        SELECT ctid AS place
        FROM extenddb.items
        WHERE table_id = a.table_id AND partition_hash = a.partition_hash AND sort_key = a.sort_key
          AND document @> a.key AND (SELECT are_current FROM definitions)
        FOR UPDATE
    ) AS i
),
-- By their places, which the locks keep: a plan that joined them could begin with the whole table.
deleted AS (
    DELETE FROM extenddb.items
    WHERE ctid = ANY (ARRAY(SELECT place FROM locked))
    -- After the rows' locks have been waited for, so that no marker is committed behind the hints of the queue's scans.
    RETURNING table_id, partition_hash, sort_key, clock_timestamp() AS at
),
done AS MATERIALIZED (
    SELECT a.n, a.table_id, a.partition_hash, a.sort_key, a.slot, w.at
    FROM deleted AS w
    JOIN asked AS a USING (table_id, partition_hash, sort_key)
),
enqueued AS (
    INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
    SELECT d.slot, d.at + m.delay, d.table_id, d.partition_hash, d.sort_key, array_agg(m.index_id)
    FROM done AS d
    JOIN unnest($8::int[], $9::int[], $10::interval[]) AS m (n, index_id, delay) ON m.n = d.n
    GROUP BY d.n, d.slot, d.at, d.table_id, d.partition_hash, d.sort_key, m.delay
)
SELECT c.are_current, d.n, d.at
FROM (SELECT (SELECT are_current FROM definitions) AS are_current) AS c
LEFT JOIN done AS d ON true
