namespace ExtendDb.Ef.Model;

/// <summary>The requested time to live of a table. Source: DynamoDB API, TimeToLiveSpecification.</summary>
/// <param name="AttributeName">
/// The attribute, 1 to 255 characters, that holds the time of expiry as a Number of seconds since 1970.
/// </param>
/// <param name="Enabled">Whether items expire; null is refused.</param>
public sealed record TimeToLiveSpecification(string AttributeName, bool? Enabled);
