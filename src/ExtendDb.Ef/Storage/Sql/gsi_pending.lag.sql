-- The seconds by which the oldest due marker of each index is overdue, from the first due markers of each slot.
-- $1 for each slot (0 to 63) the ready_at from which to scan, $2 the largest number of markers of a slot.
-- Returns a row an index (its oldest marker), a row a slot (its oldest marker, and the newest one read when more may
-- follow,
-- with their times), and a row of both null with the database's clock, which is always there.
-- Indexes pk_gsi_slots, pk_gsi_pending: one probe a slot, and its due markers. Locks nothing. To be run with the
-- settings of gsi_batch.begin.sql, or statistics of an empty queue could make the planner sort it.
SELECT index_id, slot,
       coalesce(extract(epoch FROM now() - min(ready_at)), 0)::float8,
       CASE WHEN max(position) >= $2 THEN extract(epoch FROM now() - max(ready_at)) END::float8,
       min(ready_at), now()
FROM (
    SELECT s.slot, head.ready_at, head.index_ids, head.position
    FROM extenddb.gsi_slots AS s
    CROSS JOIN LATERAL (
        SELECT m.ready_at, m.index_ids, row_number() OVER (ORDER BY m.ready_at, m.id) AS position
        FROM extenddb.gsi_pending AS m
        WHERE m.slot = s.slot AND m.ready_at >= ($1::timestamptz[])[s.slot + 1] AND m.ready_at <= now()
        ORDER BY m.ready_at, m.id
        LIMIT $2
    ) AS head
) AS due
CROSS JOIN LATERAL unnest(index_ids) AS index_id
GROUP BY GROUPING SETS ((index_id), (slot), ())
