using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A local secondary index to be created.</summary>
public sealed record LocalSecondaryIndex
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public LocalSecondaryIndex()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="indexName">The name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
    /// <param name="keySchema">The key: the HASH attribute of the table, and another RANGE attribute.</param>
    /// <param name="projection">The attributes that the entries hold.</param>
    [SetsRequiredMembers]
    public LocalSecondaryIndex(string indexName, IReadOnlyList<KeySchemaElement> keySchema, Projection projection)
    {
        IndexName = indexName;
        KeySchema = keySchema;
        Projection = projection;
    }

    /// <summary>Gets the name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</summary>
    public required string IndexName { get; init; }

    /// <summary>Gets the key: the HASH attribute of the table, and another RANGE attribute.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the projection: the attributes that the entries hold.</summary>
    public required Projection Projection { get; init; }
}
