namespace ExtendDb.Ef.Model;

/// <summary>The way in which capacity is billed. Source: DynamoDB API, BillingModeSummary.</summary>
/// <remarks>The mode is stored and returned; it throttles nothing.</remarks>
public enum BillingMode
{
    /// <summary>Capacity is provisioned, in units per second.</summary>
    PROVISIONED,

    /// <summary>Capacity is paid for as it is used.</summary>
    PAY_PER_REQUEST,
}
