-- Takes the next look for expired items: the table whose last one is longest ago, if that is long enough.
-- $1 how long, as an interval. Reads all tables, which are few. Locks the table's row, without being in the way of
-- writers of its items, and skips one that is being changed.
UPDATE extenddb.tables
SET ttl_swept_at = clock_timestamp()
WHERE id = (
    SELECT id
    FROM extenddb.tables
    WHERE ttl_attribute IS NOT NULL AND status = 'ACTIVE'
      AND (ttl_swept_at IS NULL OR ttl_swept_at < clock_timestamp() - $1::interval)
    ORDER BY ttl_swept_at NULLS FIRST, id
    LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
)
RETURNING id, name, ttl_attribute, ARRAY(SELECT jsonb_array_elements(key_schema) ->> 'AttributeName')
