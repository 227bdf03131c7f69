namespace ExtendDb.Ef.Model;

/// <summary>The global indexes of a table lag too far for more writes; a later attempt can succeed.</summary>
/// <param name="lag">The lag of the table's index that lags most.</param>
/// <param name="limit">The largest lag that is allowed.</param>
public sealed class ProvisionedThroughputExceededException(string table, TimeSpan lag, TimeSpan limit)
    : DynamoDbException(
        "The level of configured provisioned throughput for one or more global secondary indexes of the table was exceeded. "
        + $"The global secondary indexes of {table} lag {lag.TotalSeconds:0.0} s behind, and may lag {limit.TotalSeconds:0.###} s. "
        + "Try again later.")
{
    /// <summary>Gets the name of the table.</summary>
    public string TableName { get; } = table;
}
