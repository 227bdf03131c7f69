namespace ExtendDb.Ef.Model;

/// <summary>A legacy condition on one attribute of a write. Source: DynamoDB API, ExpectedAttributeValue.</summary>
/// <remarks>A condition has either Value and Exists, or ComparisonOperator and AttributeValueList.</remarks>
public sealed record ExpectedAttributeValue
{
    /// <summary>Gets the value that the attribute must have.</summary>
    public AttributeValue? Value { get; init; }

    /// <summary>Gets whether the attribute must exist with Value; null is true, and false needs no Value.</summary>
    public bool? Exists { get; init; }

    /// <summary>Gets the operator that compares the attribute with AttributeValueList.</summary>
    public ComparisonOperator? ComparisonOperator { get; init; }

    /// <summary>Gets the values with which the attribute is compared.</summary>
    public IReadOnlyList<AttributeValue>? AttributeValueList { get; init; }
}
