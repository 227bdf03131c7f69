using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to read one item by its primary key.</summary>
public sealed record GetItemRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public GetItemRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <param name="key">The attributes of the primary key, and no others.</param>
    [SetsRequiredMembers]
    public GetItemRequest(string tableName, AttributeMap key)
    {
        TableName = tableName;
        Key = key;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the attributes of the primary key, and no others.</summary>
    public required AttributeMap Key { get; init; }

    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>
    /// Gets the attribute names behind placeholders such as <c>#name</c> in the expressions; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>
    /// Gets the names of the attributes to return, the older form of ProjectionExpression; null for all.
    /// </summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>
    /// Gets whether the consumed capacity is that of a strongly consistent read; every read is strongly consistent.
    /// </summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
