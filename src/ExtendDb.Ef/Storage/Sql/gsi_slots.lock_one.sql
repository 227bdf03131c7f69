-- Takes the turn for one slot, and waits for the present holder; the claim comes in a later statement.
-- $1 slot. Index pk_gsi_slots. Locks the row until the end of the transaction.
SELECT FROM extenddb.gsi_slots WHERE slot = $1 FOR UPDATE
