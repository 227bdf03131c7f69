namespace ExtendDb.Ef.Model;

/// <summary>The response of ListStreams.</summary>
public sealed record ListStreamsResponse
{
    /// <summary>Gets the streams, by table and label; empty when there are none.</summary>
    public required IReadOnlyList<StreamSummary> Streams { get; init; }

    /// <summary>Gets the ARN after which the next page starts; null when there is none.</summary>
    public string? LastEvaluatedStreamArn { get; init; }
}
