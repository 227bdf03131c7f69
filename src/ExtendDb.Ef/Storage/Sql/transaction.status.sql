-- How a transaction ended: committed, aborted, in progress; null when it is too old for the server to know.
-- $1 its id. Fails with 22023 when this server has never had such a transaction. Locks nothing.
SELECT pg_xact_status(($1::text)::xid8)
