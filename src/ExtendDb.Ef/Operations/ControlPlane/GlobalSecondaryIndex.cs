namespace ExtendDb.Ef.Model;

/// <summary>A global secondary index that CreateTable creates.</summary>
/// <param name="IndexName">The name of the index, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
/// <param name="KeySchema">The key of the index: HASH, and perhaps RANGE.</param>
/// <param name="Projection">The attributes that the entries hold.</param>
public sealed record GlobalSecondaryIndex(
    string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, Projection Projection)
{
    /// <summary>Gets the provisioned capacity; null on a table that is PAY_PER_REQUEST.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets the delay before a change of an item is applied to this index.</summary>
    /// <value>
    /// The default is null, which uses ExtendDbOptions.DefaultPropagationDelay. Whole milliseconds from 0 to one day.
    /// With 0 a change is applied before an operation, SaveChangesAsync, or the CommitAsync of the user's own
    /// transaction returns; the synchronous SaveChanges and Commit, and a TransactionScope, leave it to a worker. Not
    /// part of DynamoDB's API.
    /// </value>
    public TimeSpan? PropagationDelay { get; init; }
}
