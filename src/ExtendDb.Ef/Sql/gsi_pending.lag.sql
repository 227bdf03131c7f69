-- The seconds by which the oldest due marker of all is overdue; 0 when none is due.
-- Indexes pk_gsi_shards, pk_gsi_pending: one probe a shard. Locks nothing.
SELECT greatest(0, coalesce(extract(epoch FROM now() - min(head.ready_at)), 0))::float8
FROM extenddb.gsi_shards AS s
CROSS JOIN LATERAL (
    SELECT m.ready_at
    FROM extenddb.gsi_pending AS m
    WHERE m.shard = s.shard
    ORDER BY m.ready_at, m.id
    LIMIT 1
) AS head
