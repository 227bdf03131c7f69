using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A change of the throughput or the delay of a global index.</summary>
/// <remarks>Source: DynamoDB API, UpdateGlobalSecondaryIndexAction.</remarks>
public sealed record UpdateGlobalSecondaryIndexAction
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public UpdateGlobalSecondaryIndexAction()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="indexName">The name of the index.</param>
    /// <param name="provisionedThroughput">The new capacity; null is refused, unless another change is given.</param>
    [SetsRequiredMembers]
    public UpdateGlobalSecondaryIndexAction(string indexName, ProvisionedThroughput? provisionedThroughput = null)
    {
        IndexName = indexName;
        ProvisionedThroughput = provisionedThroughput;
    }

    /// <summary>Gets the name of the index.</summary>
    public required string IndexName { get; init; }

    /// <summary>Gets the new capacity; null is refused, unless another change is given.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets the most requests of an index of a PAY_PER_REQUEST table; null leaves them, as null does of each.</summary>
    public OnDemandThroughput? OnDemandThroughput { get; init; }

    /// <summary>Gets the throughput that can be served at once, not lower than at present; null leaves it.</summary>
    public WarmThroughput? WarmThroughput { get; init; }

    /// <summary>
    /// Gets the new delay, see <see cref="GlobalSecondaryIndex.PropagationDelay"/>; null leaves it unchanged.
    /// </summary>
    /// <remarks>
    /// A marker that is already waiting is applied no later than the new delay would have it: once all processes know
    /// the new delay, a worker enqueues again the markers that would wait longer. Not part of DynamoDB's API.
    /// </remarks>
    public TimeSpan? PropagationDelay { get; init; }

    /// <summary>Gets whether the action changes the capacity.</summary>
    internal bool IsOfCapacity => ProvisionedThroughput is not null
        || (PropagationDelay is null && WarmThroughput is null && OnDemandThroughput is null or { IsEmpty: true });
}
