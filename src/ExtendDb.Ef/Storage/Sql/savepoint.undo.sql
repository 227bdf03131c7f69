-- Rolls back to the savepoint of savepoint.set.sql, even after a failed statement. Frees the locks taken since.
ROLLBACK TO SAVEPOINT extenddb
