namespace ExtendDb.Ef.Model;

/// <summary>A stream in a list. Source: DynamoDB API, Stream.</summary>
/// <param name="StreamArn">The ARN.</param>
/// <param name="TableName">The name of the table.</param>
/// <param name="StreamLabel">The time at which the stream was enabled, which tells the streams of a table apart.</param>
public sealed record StreamSummary(string StreamArn, string TableName, string StreamLabel);
