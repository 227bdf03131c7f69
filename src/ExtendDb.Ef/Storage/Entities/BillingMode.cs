namespace ExtendDb.Ef.Model;

/// <summary>How capacity is paid for. Source: DynamoDB API, BillingModeSummary.</summary>
/// <remarks>It is stored and shown; nothing is throttled by it.</remarks>
public enum BillingMode
{
    /// <summary>Capacity is provisioned, in units per second.</summary>
    PROVISIONED,

    /// <summary>Capacity is paid for as it is used.</summary>
    PAY_PER_REQUEST,
}
