using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A global secondary index to be created.</summary>
public sealed record GlobalSecondaryIndex
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public GlobalSecondaryIndex()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="indexName">The name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
    /// <param name="keySchema">The key: a HASH attribute, and optionally a RANGE attribute.</param>
    /// <param name="projection">The attributes that the entries hold.</param>
    [SetsRequiredMembers]
    public GlobalSecondaryIndex(string indexName, IReadOnlyList<KeySchemaElement> keySchema, Projection projection)
    {
        IndexName = indexName;
        KeySchema = keySchema;
        Projection = projection;
    }

    /// <summary>Gets the name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</summary>
    public required string IndexName { get; init; }

    /// <summary>Gets the key: a HASH attribute, and optionally a RANGE attribute.</summary>
    public required IReadOnlyList<KeySchemaElement> KeySchema { get; init; }

    /// <summary>Gets the projection: the attributes that the entries hold.</summary>
    public required Projection Projection { get; init; }

    /// <summary>Gets the capacity; null on a table that is PAY_PER_REQUEST.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets the most requests of an index of a PAY_PER_REQUEST table; null for no maximum.</summary>
    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>Gets the throughput that can be served at once; null for that of the capacity.</summary>
    public WarmThroughput? WarmThroughput { get; init; }

    /// <summary>Gets the delay before a change of an item is applied to this index.</summary>
    /// <value>
    /// The default is null, which uses ExtendDbOptions.DefaultPropagationDelay. Whole milliseconds from 0 to one day.
    /// With 0 a change is applied before an operation, SaveChangesAsync, or the CommitAsync of the user's own
    /// transaction returns; the synchronous SaveChanges and Commit, and a TransactionScope, leave it to a worker. Not
    /// part of DynamoDB's API.
    /// </value>
    public TimeSpan? PropagationDelay { get; init; }
}
