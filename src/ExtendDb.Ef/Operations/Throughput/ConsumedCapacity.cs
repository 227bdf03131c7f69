namespace ExtendDb.Ef.Model;

/// <summary>What DynamoDB would have counted for an operation on one table. Source: DynamoDB API, ConsumedCapacity.</summary>
/// <param name="TableName">The table.</param>
/// <param name="CapacityUnits">The units of the table and of all its indexes.</param>
public sealed record ConsumedCapacity(string TableName, double CapacityUnits)
{
    /// <summary>Gets the units that were read; only of transactions.</summary>
    public double? ReadCapacityUnits { get; init; }

    /// <summary>Gets the units that were written; only of transactions.</summary>
    public double? WriteCapacityUnits { get; init; }

    /// <summary>Gets the units of the table alone; null unless INDEXES was asked for.</summary>
    public Capacity? Table { get; init; }

    /// <summary>Gets the units of each local index that was read or changed; null when there is none.</summary>
    public IReadOnlyDictionary<string, Capacity>? LocalSecondaryIndexes { get; init; }

    /// <summary>Gets the units of each global index that was read or changed; null when there is none.</summary>
    public IReadOnlyDictionary<string, Capacity>? GlobalSecondaryIndexes { get; init; }
}
