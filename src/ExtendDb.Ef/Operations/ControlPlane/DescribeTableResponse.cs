namespace ExtendDb.Ef.Model;

/// <summary>The response of DescribeTable.</summary>
public sealed record DescribeTableResponse
{
    /// <summary>Gets the current state of the table.</summary>
    public required TableDescription Table { get; init; }
}
