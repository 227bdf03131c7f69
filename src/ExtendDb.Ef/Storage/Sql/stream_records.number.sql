-- Gives records of some shards the next numbers, in the order of their ids. The turn of the shards was taken in a statement
-- before, so this one sees all that the last holder of the turn has done.
-- $1 streams and $2 shards, arrays of one length, $3 the largest number of records of a shard.
-- Returns each shard that had records, and how many it had.
-- Indexes pk_stream_shards, pk_stream_pending. Deletes from stream_pending, inserts into stream_records.
--
-- done_id lets the next look begin behind the dead rows of numbered records. It must not pass the id of a record that is not
-- visible yet. Ids are drawn in transactions that have written before. So of an id that was noted, all that drew it or a lower
-- one are older than a transaction that begins after the note; when that one is older than all that run, all of them have
-- ended, and what they left was visible to this statement.
WITH turn AS MATERIALIZED (
    SELECT s.place, s.stream_id, s.shard, s.last_number, s.done_id, s.noted_transaction
    FROM unnest($1::int[], $2::smallint[]) AS k (stream_id, shard)
    CROSS JOIN LATERAL (
        SELECT ctid AS place, stream_id, shard, last_number, done_id, noted_transaction
        FROM extenddb.stream_shards
        WHERE stream_id = k.stream_id AND shard = k.shard
        OFFSET 0
    ) AS s
),
taken AS (
    DELETE FROM extenddb.stream_pending
    WHERE ctid = ANY (ARRAY(
        SELECT p.place
        FROM turn AS t
        CROSS JOIN LATERAL (
            SELECT ctid AS place
            FROM extenddb.stream_pending
            WHERE stream_id = t.stream_id AND shard = t.shard AND id > t.done_id
            ORDER BY stream_id, shard, id
            LIMIT $3
        ) AS p))
    RETURNING stream_id, shard, id, event_name, is_expiry, created_at, size_bytes, keys, old_image, new_image
),
numbered AS (
    INSERT INTO extenddb.stream_records
        (stream_id, shard, number, event_name, is_expiry, created_at, size_bytes, keys, old_image, new_image)
    SELECT r.stream_id, r.shard, t.last_number + row_number() OVER (PARTITION BY r.stream_id, r.shard ORDER BY r.id),
           r.event_name, r.is_expiry, r.created_at, r.size_bytes, r.keys, r.old_image, r.new_image
    FROM taken AS r
    JOIN turn AS t ON t.stream_id = r.stream_id AND t.shard = r.shard
),
done AS MATERIALIZED (
    SELECT t.place, count(*) AS records, sum(r.size_bytes) AS size_bytes, max(r.id) AS last_id,
           (count(*) < $3 AND t.noted_transaction <= pg_snapshot_xmin(pg_current_snapshot())::text::bigint) IS TRUE AS have_ended
    FROM taken AS r
    JOIN turn AS t ON t.stream_id = r.stream_id AND t.shard = r.shard
    GROUP BY t.place, t.noted_transaction
)
-- By their places, which the turn keeps: a plan that joined them could begin with the whole table.
UPDATE extenddb.stream_shards AS s
SET last_number = s.last_number + n.records,
    size_bytes = s.size_bytes + n.size_bytes,
    done_id = CASE WHEN n.have_ended THEN s.noted_id ELSE s.done_id END,
    noted_id = CASE WHEN n.have_ended OR s.noted_id IS NULL THEN n.last_id ELSE s.noted_id END,
    noted_transaction = CASE
        WHEN n.have_ended OR s.noted_id IS NULL THEN NULL
        ELSE coalesce(s.noted_transaction, pg_current_xact_id()::text::bigint)
    END
FROM done AS n
WHERE s.ctid = n.place
RETURNING s.stream_id, s.shard, n.records
