using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles DescribeLimits.</summary>
internal static class DescribeLimits
{
    private const long Account = 80_000;
    private const long Table = 40_000;

    /// <summary>Returns the limits of provisioned capacity that DynamoDB has in a new account.</summary>
    /// <returns>Limits that are not enforced, because capacity is only stored and returned.</returns>
    /// <remarks>Cost: none, the database is not queried. Source: DynamoDB API, DescribeLimits.</remarks>
    internal static Task<DescribeLimitsResponse> HandleAsync() =>
        Task.FromResult(new DescribeLimitsResponse(Account, Account, Table, Table));
}
