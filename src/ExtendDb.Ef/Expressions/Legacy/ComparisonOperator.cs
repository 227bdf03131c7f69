namespace ExtendDb.Ef.Model;

/// <summary>The operators of legacy conditions. Source: DynamoDB API, Condition.</summary>
public enum ComparisonOperator
{
    // From 1, so that a condition without an operator is not taken for one of equality.

    /// <summary>The attribute equals the value; the only operator for a partition key.</summary>
    EQ = 1,

    /// <summary>The attribute does not equal the value; true for a missing attribute.</summary>
    NE,

    /// <summary>The attribute equals one of several values.</summary>
    IN,

    /// <summary>The attribute is less than or equal to the value.</summary>
    LE,

    /// <summary>The attribute is less than the value.</summary>
    LT,

    /// <summary>The attribute is greater than or equal to the value.</summary>
    GE,

    /// <summary>The attribute is greater than the value.</summary>
    GT,

    /// <summary>The attribute lies between two values, both included.</summary>
    BETWEEN,

    /// <summary>The attribute exists, with any value.</summary>
    NOT_NULL,

    /// <summary>The attribute does not exist.</summary>
    NULL,

    /// <summary>The attribute is a string with a substring, or a set or list with a member.</summary>
    CONTAINS,

    /// <summary>The attribute exists, and does not contain the value.</summary>
    NOT_CONTAINS,

    /// <summary>The attribute, a string or a binary, begins with the value.</summary>
    BEGINS_WITH,
}
