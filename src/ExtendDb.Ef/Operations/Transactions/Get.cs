namespace ExtendDb.Ef.Model;

/// <summary>The key of an item to be read by a transaction.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record Get(string TableName, AttributeMap Key)
{
    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the projection; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }
}
