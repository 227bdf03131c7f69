-- Claims a ClientRequestToken for a request; no row when a request that is not ten minutes old has claimed it.
-- $1 token, $2 hash of the request. Index pk_transaction_tokens. Locks the row until the end of the transaction; waits
-- for another transaction that claims the same token, and then sees its result.
INSERT INTO extenddb.transaction_tokens AS t (token, request_hash, created_at)
VALUES ($1, $2, now())
ON CONFLICT (token) DO UPDATE
SET request_hash = excluded.request_hash, created_at = excluded.created_at
WHERE t.created_at < now() - interval '10 minutes'
RETURNING token
