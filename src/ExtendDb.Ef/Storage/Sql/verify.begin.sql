-- The settings of a verification, until the end of its transaction: whatever statistics say, a range is read by the indexes
-- of its keys, and the queue is read once for all differing keys together.
SELECT set_config('enable_seqscan', 'off', true),
       set_config('enable_bitmapscan', 'off', true),
       set_config('enable_nestloop', 'off', true),
       set_config('jit', 'off', true)
