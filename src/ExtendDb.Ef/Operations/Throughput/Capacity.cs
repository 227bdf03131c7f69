namespace ExtendDb.Ef.Model;

/// <summary>Capacity units of a table or an index. Source: DynamoDB API, Capacity.</summary>
/// <param name="CapacityUnits">The units.</param>
public sealed record Capacity(double CapacityUnits)
{
    /// <summary>Gets the units that were read; only of transactions.</summary>
    public double? ReadCapacityUnits { get; init; }

    /// <summary>Gets the units that were written; only of transactions.</summary>
    public double? WriteCapacityUnits { get; init; }
}
