namespace ExtendDb.Ef.Model;

/// <summary>A global secondary index to be created.</summary>
/// <param name="IndexName">Its name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
/// <param name="KeySchema">Its key: HASH, and perhaps RANGE.</param>
/// <param name="Projection">Which attributes its entries hold.</param>
public sealed record GlobalSecondaryIndex(
    string IndexName, IReadOnlyList<KeySchemaElement> KeySchema, Projection Projection)
{
    /// <summary>Gets the capacity; null on a table that is PAY_PER_REQUEST.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets how long a change of an item waits before it is applied to this index.</summary>
    /// <value>
    /// The default is null: ExtendDbOptions.DefaultPropagationDelay. Whole milliseconds from 0 to one day. With 0 it is
    /// applied before an operation, SaveChangesAsync, or the CommitAsync of the user's own transaction returns; the
    /// synchronous SaveChanges and Commit, and a TransactionScope, leave it to a worker. Not part of DynamoDB's API.
    /// </value>
    public TimeSpan? PropagationDelay { get; init; }
}
