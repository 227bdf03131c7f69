using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>The read of one item in a transaction.</summary>
public sealed record Get
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public Get()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <param name="key">The attributes of the primary key, and no others.</param>
    [SetsRequiredMembers]
    public Get(string tableName, AttributeMap key)
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
    /// Gets the attribute names behind placeholders such as <c>#name</c> in the projection; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }
}
