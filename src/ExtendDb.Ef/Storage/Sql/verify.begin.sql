-- The settings of a verification, until the end of its transaction: a range is read by the indexes of its keys, and what
-- waits is looked at once for all differing keys together, whatever statistics say.
SELECT set_config('enable_seqscan', 'off', true),
       set_config('enable_bitmapscan', 'off', true),
       set_config('enable_nestloop', 'off', true),
       set_config('jit', 'off', true)
