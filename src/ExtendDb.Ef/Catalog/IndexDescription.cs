namespace ExtendDb.Ef.Catalog;

/// <summary>What DescribeTable says of an index.</summary>
/// <param name="IndexName">The name.</param>
/// <param name="KeySchema">The key.</param>
/// <param name="Projection">Which attributes its entries hold.</param>
/// <param name="IndexStatus">The state.</param>
/// <param name="PropagationDelay">How long a change waits before it is applied; null for a local index.</param>
public sealed record IndexDescription(
    string IndexName,
    IReadOnlyList<KeySchemaElement> KeySchema,
    Projection Projection,
    IndexStatus IndexStatus,
    TimeSpan? PropagationDelay);
