-- Claims the next scan for expired items: of the table whose last scan is longest ago, if that is at least an interval ago.
-- $1 interval. Reads all tables, which are few. Locks the table's row, without blocking writers of its items, and skips a
-- row
-- that another transaction is changing.
UPDATE extenddb.tables
SET ttl_swept_at = clock_timestamp()
WHERE id = (
    SELECT id
    FROM extenddb.tables
    WHERE ttl_attribute IS NOT NULL
      AND (ttl_swept_at IS NULL OR ttl_swept_at < clock_timestamp() - $1::interval)
    ORDER BY ttl_swept_at NULLS FIRST, id
    LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
)
RETURNING id, name, ttl_attribute, ARRAY(SELECT jsonb_array_elements(key_schema) ->> 'AttributeName')
