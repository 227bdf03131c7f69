-- The settings of a batch, until the end of its transaction.
-- synchronous_commit: a crash of the server loses the deletion of the markers and the entries together, so nothing
-- waits for the disk. The plans are pinned to the indexes, because statistics of the queue are taken when it happens to
-- be empty. A client that falls silent holds its slots for at most 10 s, whether it owes a statement or has vanished while
-- an answer was on its way.
SELECT set_config('synchronous_commit', 'off', true),
       set_config('enable_seqscan', 'off', true),
       set_config('enable_bitmapscan', 'off', true),
       set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true),
       set_config('enable_material', 'off', true),
       set_config('jit', 'off', true),
       set_config('idle_in_transaction_session_timeout', '10s', true),
       set_config('tcp_user_timeout', '10s', true)
