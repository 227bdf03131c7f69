-- The hash of the request that has a ClientRequestToken.
-- $1 token. Index pk_transaction_tokens. Locks nothing.
SELECT request_hash
FROM extenddb.transaction_tokens
WHERE token = $1
