namespace ExtendDb.Ef.Model;

/// <summary>The table that a DescribeTable describes.</summary>
public sealed record DescribeTableResponse
{
    /// <summary>Gets the table as it is now.</summary>
    public required TableDescription Table { get; init; }
}
