-- The settings of a transaction that handles records, until its end: the server ends it when the handler hangs.
-- $1 how long the transaction may be idle. Takes nothing.
SELECT set_config('idle_in_transaction_session_timeout', $1, true)
