namespace ExtendDb.Ef.Model;

/// <summary>How the capacity of a table is paid for. Source: DynamoDB API, BillingModeSummary.</summary>
/// <param name="BillingMode">The mode.</param>
/// <param name="LastUpdateToPayPerRequestDateTime">When the table last became PAY_PER_REQUEST.</param>
public sealed record BillingModeSummary(BillingMode BillingMode, DateTimeOffset LastUpdateToPayPerRequestDateTime);
