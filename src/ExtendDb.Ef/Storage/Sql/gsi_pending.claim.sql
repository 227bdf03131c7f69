-- Claims due markers of slots whose turn the transaction has taken in an earlier statement, and reads their items as they
-- are now: this statement's snapshot is younger than the commit of the previous holder of the turn.
-- $1 slots, $2 for each slot the ready_at from which to scan, $3 the time until which markers are due (at least now()),
-- $4 the largest number of markers of each slot, $5 the largest size of all items in bytes; one item is always claimed.
-- Returns a row an item: its key, the indexes to refresh, the oldest ready_at; the document and its size, null when the
-- item is gone; and, the same in each row, the number of claimed markers, the most of one slot, their last ready_at, and
-- whether due markers were left because of the size.
-- Order of the claim: ready_at, id, given by pk_gsi_pending, so LIMIT stops its scan and nothing of the queue is sorted.
-- Indexes pk_gsi_pending, and pk_items once for each marker. Locks the markers it deletes. Needs READ COMMITTED.
WITH due AS MATERIALIZED (
    SELECT head.*, i.item, i.size_bytes
    FROM unnest($1::smallint[], $2::timestamptz[]) AS s (slot, ready_from)
    CROSS JOIN LATERAL (
        SELECT m.ctid AS marker, m.slot, m.ready_at, m.id, m.table_id, m.partition_hash, m.sort_key, m.index_ids
        FROM extenddb.gsi_pending AS m
        WHERE m.slot = s.slot AND m.ready_at >= s.ready_from AND m.ready_at <= greatest(now(), $3::timestamptz)
        ORDER BY m.ready_at, m.id
        LIMIT $4
        FOR UPDATE SKIP LOCKED
    ) AS head
    LEFT JOIN LATERAL (
        SELECT ctid AS item, size_bytes
        FROM extenddb.items
        WHERE table_id = head.table_id AND partition_hash = head.partition_hash AND sort_key = head.sort_key
        -- Each item is found by its key, whatever the statistics say.
        OFFSET 0
    ) AS i ON true
),
-- An item counts once, at its first marker.
sized AS (
    SELECT *,
           sum(size_bytes) FILTER (WHERE nth = 1) OVER so_far AS bytes,
           row_number() OVER so_far AS place
    FROM (
        SELECT *, row_number() OVER (PARTITION BY item ORDER BY ready_at, id) AS nth
        FROM due
    ) AS counted
    WINDOW so_far AS (ORDER BY ready_at, id ROWS UNBOUNDED PRECEDING)
),
claimed AS MATERIALIZED (
    SELECT marker, ready_at, table_id, partition_hash, sort_key, item, index_ids
    FROM sized
    WHERE place = 1 OR coalesce(bytes, 0) <= $5
),
-- By their places, which the locks keep: a plan that joined them could begin with the whole queue.
deleted AS (
    DELETE FROM extenddb.gsi_pending
    WHERE ctid = ANY (ARRAY(SELECT marker FROM claimed))
    RETURNING slot, ready_at
),
changed AS (
    SELECT c.table_id, c.partition_hash, c.sort_key, c.item, array_agg(DISTINCT index_id) AS index_ids,
           min(c.ready_at) AS ready_at
    FROM claimed AS c
    CROSS JOIN LATERAL unnest(c.index_ids) AS index_id
    GROUP BY c.table_id, c.partition_hash, c.sort_key, c.item
)
SELECT ch.table_id, ch.partition_hash, ch.sort_key, ch.index_ids, ch.ready_at, i.document, i.size_bytes,
       (SELECT count(*) FROM deleted)::int,
       (SELECT max(of_slot.markers) FROM (SELECT count(*) AS markers FROM deleted GROUP BY slot) AS of_slot)::int,
       (SELECT max(ready_at) FROM deleted),
       (SELECT count(*) FROM deleted) < (SELECT count(*) FROM due)
FROM changed AS ch
LEFT JOIN LATERAL (
    SELECT document, size_bytes
    FROM extenddb.items
    WHERE ctid = ch.item
    OFFSET 0
) AS i ON true
