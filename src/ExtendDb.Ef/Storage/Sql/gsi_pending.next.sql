-- The time at which the next marker becomes due, null when none waits; and the database's clock.
-- $1 for each shard (0 to 31) the ready_at from which to scan. Reads the 32 shards; index pk_gsi_pending: one probe a shard.
-- Locks nothing.
SELECT min(head.ready_at), now()
FROM extenddb.gsi_shards AS s
CROSS JOIN LATERAL (
    SELECT m.ready_at
    FROM extenddb.gsi_pending AS m
    WHERE m.shard = s.shard AND m.ready_at >= ($1::timestamptz[])[s.shard + 1]
    ORDER BY m.ready_at, m.id
    LIMIT 1
) AS head
