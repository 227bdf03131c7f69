-- Takes the turn for the most overdue free slots that have due markers, or for those whose last turn is the longest ago; the
-- claim comes in a later statement.
-- $1 for each slot (0 to 63) the ready_at from which to scan, a hint that skips the dead rows of applied markers;
-- $2 the largest number of slots; $3 for each slot the number of its last turn, null to take the most overdue ones.
-- Returns each slot with the database's clock, and the ready_at of its oldest marker, from which the claim can scan.
-- Order: the lowest number of $3 first, then the most overdue. Reads the 64 slots; index pk_gsi_pending: one probe a slot.
-- Locks the rows it returns until the end of the transaction, and skips rows that other transactions hold.
SELECT s.slot, now(), head.ready_at
FROM extenddb.gsi_slots AS s
CROSS JOIN LATERAL (
    SELECT m.ready_at
    FROM extenddb.gsi_pending AS m
    WHERE m.slot = s.slot AND m.ready_at >= ($1::timestamptz[])[s.slot + 1] AND m.ready_at <= now()
    ORDER BY m.ready_at, m.id
    LIMIT 1
) AS head
ORDER BY ($3::bigint[])[s.slot + 1], head.ready_at
LIMIT $2
FOR UPDATE OF s SKIP LOCKED
