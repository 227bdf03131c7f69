-- The time at which the next marker becomes due, null when none waits; and the database's clock.
-- $1 for each slot (0 to 63) the ready_at from which to scan. Reads the 64 slots; index pk_gsi_pending: one probe a slot.
-- Locks nothing.
SELECT min(head.ready_at), now()
FROM extenddb.gsi_slots AS s
CROSS JOIN LATERAL (
    SELECT m.ready_at
    FROM extenddb.gsi_pending AS m
    WHERE m.slot = s.slot AND m.ready_at >= ($1::timestamptz[])[s.slot + 1]
    ORDER BY m.ready_at, m.id
    LIMIT 1
) AS head
