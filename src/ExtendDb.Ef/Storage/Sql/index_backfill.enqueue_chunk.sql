-- Enqueues the next items of a table for an index that is being filled, and stores the position of the walk.
-- $1 index, $2 table, $3 and $4 the first key, $5 how many items. To be run with the lock of index_backfill.lock.sql, in a
-- later statement. It need not read items newer than its turn, but it must continue where the last turn ended.
-- Order: partition hash, sort key. Index pk_items. The slot is that of Keys/ItemSlot.cs. Returns how many items it enqueued.
-- The markers are never older than those of the previous turn, nor than the index, whatever the clock did since. While items
-- follow, the next key is the last one's sort key followed by 0x00, and the phase is WALKING; otherwise it is DRAINING.
WITH turn AS MATERIALIZED (
    SELECT greatest(clock_timestamp(), backfilled_at, created_at) AS ready_at
    FROM extenddb.secondary_indexes
    WHERE id = $1
),
chunk AS MATERIALIZED (
    SELECT partition_hash, sort_key
    FROM extenddb.items
    WHERE table_id = $2 AND (partition_hash, sort_key) >= ($3, $4)
    ORDER BY partition_hash, sort_key
    LIMIT $5
),
enqueued AS (
    INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
    SELECT get_byte(uuid_send(partition_hash), 0) >> 2, turn.ready_at, $2, partition_hash, sort_key,
           ARRAY[$1::int]
    FROM chunk
    CROSS JOIN turn
),
next AS (
    SELECT partition_hash, sort_key || '\x00'::bytea AS sort_key
    FROM chunk
    WHERE (SELECT count(*) FROM chunk) = $5
    ORDER BY partition_hash DESC, sort_key DESC
    LIMIT 1
)
UPDATE extenddb.secondary_indexes
SET backfill_phase = CASE WHEN EXISTS (SELECT FROM next) THEN 'WALKING' ELSE 'DRAINING' END,
    backfill_hash = (SELECT partition_hash FROM next),
    backfill_sort = (SELECT sort_key FROM next),
    backfilled_at = (SELECT ready_at FROM turn)
WHERE id = $1
RETURNING (SELECT count(*) FROM chunk)::int
