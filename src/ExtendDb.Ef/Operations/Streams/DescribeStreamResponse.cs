namespace ExtendDb.Ef.Model;

/// <summary>The response of DescribeStream.</summary>
public sealed record DescribeStreamResponse
{
    /// <summary>Gets the stream.</summary>
    public required StreamDescription StreamDescription { get; init; }
}
