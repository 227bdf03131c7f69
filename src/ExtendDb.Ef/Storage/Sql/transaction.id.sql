-- The id of the running transaction. Takes nothing. Gives the transaction an id if it has none.
SELECT pg_current_xact_id()::text
