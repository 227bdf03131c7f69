-- Marks the place in a transaction to which savepoint.undo.sql goes back. An inner one hides an outer one. Locks nothing.
SAVEPOINT extenddb
