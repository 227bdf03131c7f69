namespace ExtendDb.Ef.Model;

/// <summary>A DescribeLimits, which has no members. Source: DynamoDB API, DescribeLimits.</summary>
public sealed record DescribeLimitsRequest;
