-- Releases the savepoint of savepoint.set.sql and keeps the changes since. Locks nothing.
RELEASE SAVEPOINT extenddb
