namespace ExtendDb.Ef.Model;

/// <summary>Whether, and by which attribute, the items of a table expire. Source: DynamoDB API, TimeToLiveDescription.</summary>
/// <param name="TimeToLiveStatus">ENABLED or DISABLED.</param>
/// <param name="AttributeName">The attribute; null when they do not expire.</param>
public sealed record TimeToLiveDescription(TimeToLiveStatus TimeToLiveStatus, string? AttributeName);
