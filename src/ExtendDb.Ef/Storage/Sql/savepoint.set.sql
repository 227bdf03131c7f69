-- Sets the savepoint to which savepoint.undo.sql rolls back. An inner one hides an outer one. Locks nothing.
SAVEPOINT extenddb
