-- Whether a consumer has a record set aside that is due. $1 consumer. Reads the records that the consumer has set aside. Locks nothing.
SELECT EXISTS (
    SELECT FROM extenddb.stream_set_aside WHERE consumer = $1 AND next_attempt_at <= clock_timestamp()
    OFFSET 0)
