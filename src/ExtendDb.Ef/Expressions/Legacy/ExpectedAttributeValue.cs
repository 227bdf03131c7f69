namespace ExtendDb.Ef.Model;

/// <summary>A condition on one attribute of a write. Source: DynamoDB API, ExpectedAttributeValue.</summary>
/// <remarks>Either Value and Exists, or ComparisonOperator and AttributeValueList.</remarks>
public sealed record ExpectedAttributeValue
{
    /// <summary>Gets the value that the attribute must have.</summary>
    public AttributeValue? Value { get; init; }

    /// <summary>Gets whether the attribute must be there, with Value; null is true. False needs no Value.</summary>
    public bool? Exists { get; init; }

    /// <summary>Gets how the attribute is compared with AttributeValueList.</summary>
    public ComparisonOperator? ComparisonOperator { get; init; }

    /// <summary>Gets what the attribute is compared with.</summary>
    public IReadOnlyList<AttributeValue>? AttributeValueList { get; init; }
}
