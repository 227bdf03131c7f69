-- How long the statements of this transaction wait for locks.
-- $1 milliseconds, as text. Locks nothing.
SELECT set_config('lock_timeout', $1, true)
