namespace ExtendDb.Ef.Model;

/// <summary>
/// The time to live of a table: whether, and by which attribute, items expire. Source: DynamoDB API,
/// TimeToLiveDescription.
/// </summary>
/// <param name="TimeToLiveStatus">ENABLED or DISABLED.</param>
/// <param name="AttributeName">The attribute with the time of expiry; null when items do not expire.</param>
public sealed record TimeToLiveDescription(TimeToLiveStatus TimeToLiveStatus, string? AttributeName);
