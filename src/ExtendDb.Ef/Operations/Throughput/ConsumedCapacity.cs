namespace ExtendDb.Ef.Model;

/// <summary>
/// The capacity that an operation on one table would consume in DynamoDB. Source: DynamoDB API, ConsumedCapacity.
/// </summary>
/// <param name="TableName">The name of the table, or its ARN where the request named the table by that.</param>
/// <param name="CapacityUnits">The capacity units of the table and of all its indexes.</param>
public sealed record ConsumedCapacity(string TableName, double CapacityUnits)
{
    /// <summary>Gets the read units; only transactions return them.</summary>
    public double? ReadCapacityUnits { get; init; }

    /// <summary>Gets the write units; only transactions return them.</summary>
    public double? WriteCapacityUnits { get; init; }

    /// <summary>Gets the capacity of the table alone; null unless the request asked for INDEXES.</summary>
    public Capacity? Table { get; init; }

    /// <summary>Gets the capacity of each local index that was read or changed; null when there is none.</summary>
    public IReadOnlyDictionary<string, Capacity>? LocalSecondaryIndexes { get; init; }

    /// <summary>Gets the capacity of each global index that was read or changed; null when there is none.</summary>
    public IReadOnlyDictionary<string, Capacity>? GlobalSecondaryIndexes { get; init; }
}
