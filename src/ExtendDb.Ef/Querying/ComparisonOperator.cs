namespace ExtendDb.Ef.Querying;

/// <summary>How a condition compares a key attribute. Source: DynamoDB API, Condition.</summary>
public enum ComparisonOperator
{
    /// <summary>Equal; the only one for a partition key.</summary>
    EQ,

    /// <summary>Less than.</summary>
    LT,

    /// <summary>Less than or equal.</summary>
    LE,

    /// <summary>Greater than.</summary>
    GT,

    /// <summary>Greater than or equal.</summary>
    GE,

    /// <summary>From a lower to an upper bound, both included.</summary>
    BETWEEN,

    /// <summary>Begins with; strings and binaries only.</summary>
    BEGINS_WITH,
}
