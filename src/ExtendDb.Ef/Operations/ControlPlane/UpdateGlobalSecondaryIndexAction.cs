namespace ExtendDb.Ef.Model;

/// <summary>A change of the capacity or the delay of a global index. Source: DynamoDB API, UpdateGlobalSecondaryIndexAction.</summary>
/// <param name="IndexName">The name of the index.</param>
/// <param name="ProvisionedThroughput">The new capacity; null is refused, unless the delay is given.</param>
public sealed record UpdateGlobalSecondaryIndexAction(
    string IndexName, ProvisionedThroughput? ProvisionedThroughput = null)
{
    /// <summary>
    /// Gets the new delay, as <see cref="GlobalSecondaryIndex.PropagationDelay"/>; null keeps the present one.
    /// </summary>
    /// <remarks>
    /// Changes that are waiting already are applied no later than with the new delay: once all processes know the new
    /// delay, a worker enqueues again what would wait longer. Not part of DynamoDB's API.
    /// </remarks>
    public TimeSpan? PropagationDelay { get; init; }

    /// <summary>Gets whether the action changes the capacity.</summary>
    internal bool IsOfCapacity => ProvisionedThroughput is not null || PropagationDelay is null;
}
