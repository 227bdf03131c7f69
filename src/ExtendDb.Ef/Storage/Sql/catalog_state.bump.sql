-- Says that a definition changed; in the transaction that changes it. Locks the only row until its end.
-- By a step at random: when a fail-over has lost the last changes, no process that knows them takes later ones for those.
UPDATE extenddb.catalog_state SET version = version + 1 + floor(random() * 1000000)::bigint
