-- Claims due markers of shards whose turn the transaction has taken in an earlier statement, and reads their items as they
-- are now: this statement's snapshot is younger than the commit of the previous holder of the turn.
-- $1 shards, $2 for each shard the ready_at from which to scan, $3 the time until which markers are due (at least now()),
-- $4 the largest number of markers of each shard.
-- Returns a row an item: its key, the indexes to refresh, the oldest ready_at; the document and its size, null when the
-- item is gone; and, the same in each row, the number of claimed markers, the most of one shard, and their last ready_at.
-- Order of the claim: ready_at, id, given by pk_gsi_pending, so LIMIT stops its scan and nothing of the queue is sorted.
-- Locks the markers it deletes. Needs READ COMMITTED.
WITH due AS MATERIALIZED (
    SELECT head.shard, head.ready_at, head.id
    FROM unnest($1::smallint[], $2::timestamptz[]) AS s (shard, ready_from)
    CROSS JOIN LATERAL (
        SELECT m.shard, m.ready_at, m.id
        FROM extenddb.gsi_pending AS m
        WHERE m.shard = s.shard AND m.ready_at >= s.ready_from AND m.ready_at <= greatest(now(), $3::timestamptz)
        ORDER BY m.ready_at, m.id
        LIMIT $4
        FOR UPDATE SKIP LOCKED
    ) AS head
),
claimed AS (
    DELETE FROM extenddb.gsi_pending AS m
    USING due
    WHERE m.shard = due.shard AND m.ready_at = due.ready_at AND m.id = due.id
    RETURNING m.shard, m.table_id, m.partition_hash, m.sort_key, m.index_ids, m.ready_at
),
changed AS (
    SELECT c.table_id, c.partition_hash, c.sort_key, array_agg(DISTINCT index_id) AS index_ids, min(c.ready_at) AS ready_at
    FROM claimed AS c
    CROSS JOIN LATERAL unnest(c.index_ids) AS index_id
    GROUP BY c.table_id, c.partition_hash, c.sort_key
)
SELECT ch.table_id, ch.partition_hash, ch.sort_key, ch.index_ids, ch.ready_at, i.document, i.size_bytes,
       (SELECT count(*) FROM claimed)::int,
       (SELECT max(of_shard.markers) FROM (SELECT count(*) AS markers FROM claimed GROUP BY shard) AS of_shard)::int,
       (SELECT max(ready_at) FROM claimed)
FROM changed AS ch
LEFT JOIN extenddb.items AS i
    ON i.table_id = ch.table_id AND i.partition_hash = ch.partition_hash AND i.sort_key = ch.sort_key
