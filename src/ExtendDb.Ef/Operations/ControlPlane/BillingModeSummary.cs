namespace ExtendDb.Ef.Model;

/// <summary>The billing mode of a table that is or was PAY_PER_REQUEST.</summary>
/// <param name="BillingMode">The present mode.</param>
/// <param name="LastUpdateToPayPerRequestDateTime">The time at which the table last became PAY_PER_REQUEST.</param>
/// <remarks>Source: DynamoDB API, BillingModeSummary.</remarks>
public sealed record BillingModeSummary(BillingMode BillingMode, DateTimeOffset LastUpdateToPayPerRequestDateTime);
