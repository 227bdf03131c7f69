namespace ExtendDb.Ef.Model;

/// <summary>The key of an item to be read.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record GetItemRequest(string TableName, AttributeMap Key)
{
    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the names of the attributes to return, an older form of ProjectionExpression; null for all.</summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>Gets whether to count the read as a strongly consistent one, which it always is.</summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
