-- The settings of a transaction that gives records their numbers, or trims them, until its end.
-- synchronous_commit: a number that a reader has seen and a crash forgets would be given to another record, so the commit waits
-- for the disk even where the role's default is that it does not. The plans are pinned to the indexes, because statistics are
-- taken when there happens to be nothing to number. A client that falls silent holds its shards for at most 10 s.
SELECT set_config(
           'synchronous_commit',
           CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on' ELSE current_setting('synchronous_commit') END,
           true),
       set_config('enable_seqscan', 'off', true),
       set_config('enable_bitmapscan', 'off', true),
       set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true),
       set_config('jit', 'off', true),
       set_config('idle_in_transaction_session_timeout', '10s', true),
       set_config('tcp_user_timeout', '10s', true)
