-- Deletes the oldest records of a shard, so that no number is left out.
-- $1 stream, $2 shard, $3 the instant before which a record was made, null for any, $4 the most that are deleted.
-- Returns the number of deleted records; none when another transaction has the turn. Indexes pk_stream_shards,
-- pk_stream_records. Locks the row of the shard until its end, and skips it where another transaction holds it.
WITH turn AS MATERIALIZED (
    SELECT stream_id, shard, trimmed_number
    FROM extenddb.stream_shards
    WHERE stream_id = $1 AND shard = $2
    FOR UPDATE SKIP LOCKED
),
oldest AS MATERIALIZED (
    SELECT r.place, r.number, r.created_at
    FROM turn AS t
    CROSS JOIN LATERAL (
        SELECT ctid AS place, number, created_at
        FROM extenddb.stream_records
        WHERE stream_id = t.stream_id AND shard = t.shard AND number > t.trimmed_number
        ORDER BY stream_id, shard, number
        LIMIT $4
    ) AS r
),
gone AS (
    DELETE FROM extenddb.stream_records
    WHERE ctid = ANY (ARRAY(
        SELECT place
        FROM oldest
        WHERE number < coalesce((SELECT min(number) FROM oldest WHERE created_at >= $3), number + 1)))
    RETURNING number, size_bytes
)
UPDATE extenddb.stream_shards AS s
SET trimmed_number = g.number, size_bytes = s.size_bytes - g.size_bytes
FROM (SELECT max(number) AS number, sum(size_bytes) AS size_bytes, count(*) AS records FROM gone) AS g
WHERE s.stream_id = $1 AND s.shard = $2 AND g.records > 0
RETURNING g.records
