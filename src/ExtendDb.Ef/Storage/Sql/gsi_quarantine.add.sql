-- Puts an entry that could not be applied into quarantine; a further failure of the same entry raises its attempts. It is
-- tried again after a minute, and after each failure twice as long, up to an hour.
-- $1 index, $2 partition hash, $3 sort key, $4 table, $5 sqlstate, $6 message, $7 slot. Index pk_gsi_quarantine. Locks that row.
INSERT INTO extenddb.gsi_quarantine AS q
    (index_id, partition_hash, sort_key, table_id, sqlstate, message, attempts, first_failed_at, last_failed_at, retry_at, slot)
VALUES ($1, $2, $3, $4, $5, $6, 1, now(), now(), now() + interval '1 minute', $7)
ON CONFLICT ON CONSTRAINT pk_gsi_quarantine DO UPDATE
SET sqlstate = excluded.sqlstate,
    message = excluded.message,
    attempts = q.attempts + 1,
    last_failed_at = excluded.last_failed_at,
    retry_at = now() + least(interval '1 minute' * 2 ^ least(q.attempts, 10), interval '1 hour')
