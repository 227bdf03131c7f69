namespace ExtendDb.Ef.Model;

/// <summary>The stream that a table is to have. Source: DynamoDB API, StreamSpecification.</summary>
/// <param name="StreamEnabled">Whether the table has a stream; null is refused.</param>
/// <param name="StreamViewType">The content of the stream's records; null when there is no stream.</param>
public sealed record StreamSpecification(bool? StreamEnabled, StreamViewType? StreamViewType = null);
