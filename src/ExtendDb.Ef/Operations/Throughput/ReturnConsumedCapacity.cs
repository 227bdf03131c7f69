namespace ExtendDb.Ef.Model;

/// <summary>The capacity numbers that a response contains. Source: DynamoDB API, ReturnConsumedCapacity.</summary>
public enum ReturnConsumedCapacity
{
    /// <summary>The response contains none.</summary>
    NONE,

    /// <summary>The response contains the sum over the table and its indexes.</summary>
    TOTAL,

    /// <summary>The response contains the sum, and the numbers of the table and of each index.</summary>
    INDEXES,
}
