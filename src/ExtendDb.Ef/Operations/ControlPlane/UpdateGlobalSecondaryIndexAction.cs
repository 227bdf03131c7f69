namespace ExtendDb.Ef.Model;

/// <summary>A change of the capacity or the delay of a global index. Source: DynamoDB API, UpdateGlobalSecondaryIndexAction.</summary>
/// <param name="IndexName">The index.</param>
/// <param name="ProvisionedThroughput">The new capacity; null is refused, unless the delay is given.</param>
public sealed record UpdateGlobalSecondaryIndexAction(
    string IndexName, ProvisionedThroughput? ProvisionedThroughput = null)
{
    /// <summary>Gets the new delay; as <see cref="GlobalSecondaryIndex.PropagationDelay"/>. Null leaves it as it is.</summary>
    /// <remarks>
    /// Changes that wait already are applied when they would be with the new delay, or earlier: a worker sees to those that
    /// would wait longer, once all processes know the new one. Not part of DynamoDB's API.
    /// </remarks>
    public TimeSpan? PropagationDelay { get; init; }

    /// <summary>Gets whether the capacity is to be changed.</summary>
    internal bool IsOfCapacity => ProvisionedThroughput is not null || PropagationDelay is null;
}
