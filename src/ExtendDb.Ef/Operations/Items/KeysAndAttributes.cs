namespace ExtendDb.Ef.Model;

/// <summary>Keys of items to be read, of one table. Source: DynamoDB API, KeysAndAttributes.</summary>
/// <param name="Keys">The primary keys, each only once.</param>
public sealed record KeysAndAttributes(IReadOnlyList<AttributeMap> Keys)
{
    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the names of the attributes to return, an older form of ProjectionExpression; null for all.</summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>Gets whether to count the reads as strongly consistent ones, which they always are.</summary>
    public bool ConsistentRead { get; init; }
}
