-- Forgets the place of savepoint.set.sql; what was done since stays. Locks nothing.
RELEASE SAVEPOINT extenddb
