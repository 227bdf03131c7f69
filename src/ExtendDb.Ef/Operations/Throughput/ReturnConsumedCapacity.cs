namespace ExtendDb.Ef.Model;

/// <summary>Which capacity numbers a response holds. Source: DynamoDB API, ReturnConsumedCapacity.</summary>
public enum ReturnConsumedCapacity
{
    /// <summary>None.</summary>
    NONE,

    /// <summary>The sum over the table and its indexes.</summary>
    TOTAL,

    /// <summary>The sum, and the numbers of the table and of each index.</summary>
    INDEXES,
}
