using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>The items of one table to read in a BatchGetItem. Source: DynamoDB API, KeysAndAttributes.</summary>
public sealed record KeysAndAttributes
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public KeysAndAttributes()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="keys">The primary keys of different items.</param>
    [SetsRequiredMembers]
    public KeysAndAttributes(IReadOnlyList<AttributeMap> keys)
    {
        Keys = keys;
    }

    /// <summary>Gets the primary keys of different items.</summary>
    public required IReadOnlyList<AttributeMap> Keys { get; init; }

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
    /// Gets whether the consumed capacity is that of strongly consistent reads; every read is strongly consistent.
    /// </summary>
    public bool ConsistentRead { get; init; }
}
