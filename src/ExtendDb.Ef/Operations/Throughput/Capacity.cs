namespace ExtendDb.Ef.Model;

/// <summary>The capacity consumed by a table or an index. Source: DynamoDB API, Capacity.</summary>
/// <param name="CapacityUnits">The number of capacity units.</param>
public sealed record Capacity(double CapacityUnits)
{
    /// <summary>Gets the read units; only transactions return them.</summary>
    public double? ReadCapacityUnits { get; init; }

    /// <summary>Gets the write units; only transactions return them.</summary>
    public double? WriteCapacityUnits { get; init; }
}
