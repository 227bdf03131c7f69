-- Takes the turn for the most overdue free shards that have due markers; the claim comes in a later statement.
-- $1 for each shard (0 to 31) the ready_at from which to scan, a hint that skips the dead rows of applied markers;
-- $2 the largest number of shards.
-- Returns each shard with the database's clock, and the ready_at of its oldest marker, from which the claim can scan.
-- Order: most overdue first. Reads the 32 shards; index pk_gsi_pending: one probe a shard. Locks the rows it returns until
-- the end of the transaction, and skips rows that other transactions hold.
SELECT s.shard, now(), head.ready_at
FROM extenddb.gsi_shards AS s
CROSS JOIN LATERAL (
    SELECT m.ready_at
    FROM extenddb.gsi_pending AS m
    WHERE m.shard = s.shard AND m.ready_at >= ($1::timestamptz[])[s.shard + 1] AND m.ready_at <= now()
    ORDER BY m.ready_at, m.id
    LIMIT 1
) AS head
ORDER BY head.ready_at
LIMIT $2
FOR UPDATE OF s SKIP LOCKED
