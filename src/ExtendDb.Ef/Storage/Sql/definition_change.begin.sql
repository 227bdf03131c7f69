-- The settings of a transaction that changes definitions, until its end: a client that falls silent holds the row of the
-- version, and perhaps all slots, for at most 10 s, whether it owes a statement or has vanished.
SELECT set_config('idle_in_transaction_session_timeout', '10s', true),
       set_config('tcp_user_timeout', '10s', true)
