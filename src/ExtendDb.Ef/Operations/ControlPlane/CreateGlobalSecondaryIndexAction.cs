using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A global index to be added to a table.</summary>
/// <remarks>Source: DynamoDB API, CreateGlobalSecondaryIndexAction.</remarks>
public sealed record CreateGlobalSecondaryIndexAction
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public CreateGlobalSecondaryIndexAction()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="indexName">The name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
    /// <param name="keySchema">The key: a HASH attribute, and optionally a RANGE attribute.</param>
    /// <param name="projection">The attributes that the entries hold.</param>
    [SetsRequiredMembers]
    public CreateGlobalSecondaryIndexAction(
        string indexName,
        IReadOnlyList<KeySchemaElement> keySchema,
        Projection projection)
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

    /// <summary>
    /// Gets the delay before a change is applied; see <see cref="GlobalSecondaryIndex.PropagationDelay"/>.
    /// </summary>
    public TimeSpan? PropagationDelay { get; init; }

    internal GlobalSecondaryIndex ToIndex() => new(IndexName, KeySchema, Projection)
    {
        ProvisionedThroughput = ProvisionedThroughput,
        OnDemandThroughput = OnDemandThroughput,
        WarmThroughput = WarmThroughput,
        PropagationDelay = PropagationDelay,
    };
}
