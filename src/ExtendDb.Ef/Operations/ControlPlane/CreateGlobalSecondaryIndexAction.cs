namespace ExtendDb.Ef.Model;

/// <summary>A global secondary index that UpdateTable adds to a table.</summary>
/// <param name="IndexName">The name of the index, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
/// <param name="KeySchema">The key of the index: HASH, and perhaps RANGE.</param>
/// <param name="Projection">The attributes that the entries hold.</param>
/// <remarks>Source: DynamoDB API, CreateGlobalSecondaryIndexAction.</remarks>
public sealed record CreateGlobalSecondaryIndexAction(
    string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, Projection Projection)
{
    /// <summary>Gets the provisioned capacity; null on a table that is PAY_PER_REQUEST.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>
    /// Gets the delay before a change is applied; see <see cref="GlobalSecondaryIndex.PropagationDelay"/>.
    /// </summary>
    public TimeSpan? PropagationDelay { get; init; }

    internal GlobalSecondaryIndex ToIndex() => new(IndexName, KeySchema, Projection)
    {
        ProvisionedThroughput = ProvisionedThroughput,
        PropagationDelay = PropagationDelay,
    };
}
