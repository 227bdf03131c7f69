-- The longest time, in ms, for which a process may miss a change of definitions. One row, locks nothing.
SELECT longest_poll_ms FROM extenddb.catalog_state
