namespace ExtendDb.Ef.Model;

/// <summary>The stream of a table; streams are not supported. Source: DynamoDB API, StreamSpecification.</summary>
/// <param name="StreamEnabled">Whether the table has a stream; true and null are refused.</param>
/// <param name="StreamViewType">The content of the stream's records; null when there is no stream.</param>
public sealed record StreamSpecification(bool? StreamEnabled, string? StreamViewType = null);
