-- Whether the backfill of an index is DRAINING and no marker as old as its last one waits: each of these is then applied, or
-- in quarantine. Younger markers come from writers, who have enqueued for the index since before the walk began.
-- $1 index. Indexes pk_secondary_indexes, pk_gsi_pending: a probe a slot, from the creation of the index on, because no
-- marker
-- of the walk is older. Locks nothing.
SELECT EXISTS (
    SELECT
    FROM extenddb.secondary_indexes AS i
    WHERE i.id = $1 AND i.backfill_phase = 'DRAINING'
      AND NOT EXISTS (
        SELECT
        FROM extenddb.gsi_slots AS s
        CROSS JOIN LATERAL (
            SELECT m.ready_at
            FROM extenddb.gsi_pending AS m
            WHERE m.slot = s.slot AND m.ready_at >= i.created_at AND m.ready_at <= i.backfilled_at
            ORDER BY m.ready_at, m.id
            LIMIT 1
        ) AS head))
