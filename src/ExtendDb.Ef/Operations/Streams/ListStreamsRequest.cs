namespace ExtendDb.Ef.Model;

/// <summary>A request to list streams.</summary>
public sealed record ListStreamsRequest
{
    /// <summary>Gets the name of the table whose streams are listed; null for those of all tables.</summary>
    public string? TableName { get; init; }

    /// <summary>Gets the ARN of the stream after which the list starts; null for the first page.</summary>
    public string? ExclusiveStartStreamArn { get; init; }

    /// <summary>Gets the largest number of streams to list, 1 to 100; null is 100.</summary>
    public int? Limit { get; init; }
}
