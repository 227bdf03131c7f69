using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>Keys of items to be read, of one table. Source: DynamoDB API, KeysAndAttributes.</summary>
public sealed record KeysAndAttributes
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public KeysAndAttributes()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="keys">The primary keys, each only once.</param>
    [SetsRequiredMembers]
    public KeysAndAttributes(IReadOnlyList<AttributeMap> keys)
    {
        Keys = keys;
    }

    /// <summary>Gets the primary keys, each only once.</summary>
    public required IReadOnlyList<AttributeMap> Keys { get; init; }

    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the names of the attributes to return, an older form of ProjectionExpression; null for all.</summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>Gets whether to count the reads as strongly consistent ones, which they always are.</summary>
    public bool ConsistentRead { get; init; }
}
