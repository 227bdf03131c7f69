namespace ExtendDb.Ef.Model;

/// <summary>Whether a table has a stream, which none has here. Source: DynamoDB API, StreamSpecification.</summary>
/// <param name="StreamEnabled">Whether; true is refused, and so is null.</param>
/// <param name="StreamViewType">What records would hold; null when there is no stream.</param>
public sealed record StreamSpecification(bool? StreamEnabled, string? StreamViewType = null);
