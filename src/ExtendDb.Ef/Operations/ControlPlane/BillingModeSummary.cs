namespace ExtendDb.Ef.Model;

/// <summary>The billing mode of a table that became PAY_PER_REQUEST. Source: DynamoDB API, BillingModeSummary.</summary>
/// <param name="BillingMode">The present mode.</param>
/// <param name="LastUpdateToPayPerRequestDateTime">The time at which the table last became PAY_PER_REQUEST.</param>
public sealed record BillingModeSummary(BillingMode BillingMode, DateTimeOffset LastUpdateToPayPerRequestDateTime);
