-- Makes an index ACTIVE when its last item has been enqueued and no marker as old as that waits: each of them is then
-- applied, or in quarantine. Younger ones are of writers, who enqueue for it since before the walk began.
-- $1 index. Indexes pk_secondary_indexes, pk_gsi_pending: a probe a shard. Locks the row.
UPDATE extenddb.secondary_indexes AS i
SET status = 'ACTIVE'
WHERE i.id = $1 AND i.status = 'CREATING' AND i.backfilled_at IS NOT NULL
  AND NOT EXISTS (
    SELECT
    FROM extenddb.gsi_shards AS s
    CROSS JOIN LATERAL (
        SELECT m.ready_at
        FROM extenddb.gsi_pending AS m
        WHERE m.shard = s.shard
        ORDER BY m.ready_at, m.id
        LIMIT 1
    ) AS head
    WHERE head.ready_at <= i.backfilled_at)
