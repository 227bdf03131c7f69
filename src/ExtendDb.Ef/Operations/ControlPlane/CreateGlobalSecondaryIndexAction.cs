namespace ExtendDb.Ef.Model;

/// <summary>A global index to be added to a table.</summary>
/// <param name="IndexName">Its name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
/// <param name="KeySchema">Its key: HASH, and perhaps RANGE.</param>
/// <param name="Projection">Which attributes its entries hold.</param>
/// <remarks>Source: DynamoDB API, CreateGlobalSecondaryIndexAction.</remarks>
public sealed record CreateGlobalSecondaryIndexAction(
    string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, Projection Projection)
{
    /// <summary>Gets the capacity; null on a table that is PAY_PER_REQUEST.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets how long a change waits before it is applied; as <see cref="GlobalSecondaryIndex.PropagationDelay"/>.</summary>
    public TimeSpan? PropagationDelay { get; init; }

    internal GlobalSecondaryIndex ToIndex() => new(IndexName, KeySchema, Projection)
    {
        ProvisionedThroughput = ProvisionedThroughput,
        PropagationDelay = PropagationDelay,
    };
}
