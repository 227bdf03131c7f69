-- Undoes what the transaction has done since savepoint.set.sql, also when a statement has failed. Frees the locks since then.
ROLLBACK TO SAVEPOINT extenddb
