using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Describes limits.</summary>
internal static class DescribeLimits
{
    private const long Account = 80_000;
    private const long Table = 40_000;

    /// <summary>Says how much capacity can be provisioned: what DynamoDB says in a new account.</summary>
    /// <returns>Numbers that nothing is held to: capacity is stored and shown only.</returns>
    /// <remarks>Cost: none, the database is not asked. Source: DynamoDB API, DescribeLimits.</remarks>
    internal static Task<DescribeLimitsResponse> HandleAsync() =>
        Task.FromResult(new DescribeLimitsResponse(Account, Account, Table, Table));
}
