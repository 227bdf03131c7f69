namespace ExtendDb.Ef.Model;

/// <summary>Where the reading of a shard begins. Source: DynamoDB API, GetShardIterator.</summary>
public enum ShardIteratorType
{
    /// <summary>With the oldest record.</summary>
    TRIM_HORIZON = 1,

    /// <summary>Behind the last record.</summary>
    LATEST,

    /// <summary>With the record of a sequence number.</summary>
    AT_SEQUENCE_NUMBER,

    /// <summary>Behind the record of a sequence number.</summary>
    AFTER_SEQUENCE_NUMBER,
}
