-- Deletes a few tokens that have had their ten minutes: more than one for each that is added, so they do not heap up.
-- Takes nothing. Index ix_transaction_tokens_created_at. Locks the rows it deletes, and skips those that others hold.
DELETE FROM extenddb.transaction_tokens
WHERE token = ANY (ARRAY(
    SELECT token
    FROM extenddb.transaction_tokens
    WHERE created_at < now() - interval '10 minutes'
    ORDER BY created_at
    LIMIT 4
    FOR UPDATE SKIP LOCKED
))
