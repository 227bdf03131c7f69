namespace ExtendDb.Ef.Model;

/// <summary>A request for the limits of capacity, which has no members. Source: DynamoDB API, DescribeLimits.</summary>
public sealed record DescribeLimitsRequest;
