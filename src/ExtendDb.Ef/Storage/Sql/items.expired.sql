-- The keys of the expired items among the next items of a table, and last the position of the last item that was read, whose
-- key attributes are null unless it has expired. No row: no items follow.
-- $1 table, $2 and $3 partition hash and sort key after which to start, $4 how many items to read,
-- $5 attribute with the second of expiry, $6 and $7 the first and the last second that counts as expired, $8 attributes of
-- the primary key. Order: partition hash, sort key. Index pk_items. Locks nothing.
SELECT partition_hash, sort_key, key::text
FROM (
    SELECT partition_hash, sort_key,
           -- The form is asked for first: what somebody else has written into a document must not end it with an error.
           CASE WHEN CASE WHEN seconds ~ '^-?[0-9]{1,12}(\.[0-9]{1,38})?$' THEN seconds::numeric BETWEEN $6 AND $7 END
                THEN (SELECT jsonb_object_agg(name, document -> name) FROM unnest($8::text[]) AS name)
           END AS key,
           row_number() OVER walk AS position,
           count(*) OVER () AS walked
    FROM (
        SELECT partition_hash, sort_key, document, document -> $5::text ->> 'N' AS seconds
        FROM extenddb.items
        WHERE table_id = $1 AND (partition_hash, sort_key) > ($2, $3)
        ORDER BY partition_hash, sort_key
        LIMIT $4
    ) AS run
    WINDOW walk AS (ORDER BY partition_hash, sort_key ROWS UNBOUNDED PRECEDING)
) AS looked_at
WHERE key IS NOT NULL OR position = walked
ORDER BY partition_hash, sort_key
