namespace ExtendDb.Ef.Model;

/// <summary>The records that a request asks for are older than the retention of their stream, and gone.</summary>
public sealed class TrimmedDataAccessException()
    : DynamoDbException("The operation attempted to read past the oldest stream record in a shard.");
