namespace ExtendDb.Ef.Model;

/// <summary>How a condition compares an attribute. Source: DynamoDB API, Condition.</summary>
public enum ComparisonOperator
{
    // From 1, so that a condition without an operator is not taken for one of equality.

    /// <summary>Equal; the only one for a partition key.</summary>
    EQ = 1,

    /// <summary>Not equal; also true of an attribute that is not there.</summary>
    NE,

    /// <summary>Equal to one of several values.</summary>
    IN,

    /// <summary>Less than or equal.</summary>
    LE,

    /// <summary>Less than.</summary>
    LT,

    /// <summary>Greater than or equal.</summary>
    GE,

    /// <summary>Greater than.</summary>
    GT,

    /// <summary>From a lower to an upper bound, both included.</summary>
    BETWEEN,

    /// <summary>The attribute is there, whatever its value.</summary>
    NOT_NULL,

    /// <summary>The attribute is not there.</summary>
    NULL,

    /// <summary>A string that holds a substring, or a set or list that holds a member.</summary>
    CONTAINS,

    /// <summary>The opposite of CONTAINS.</summary>
    NOT_CONTAINS,

    /// <summary>Begins with; strings and binaries only.</summary>
    BEGINS_WITH,
}
