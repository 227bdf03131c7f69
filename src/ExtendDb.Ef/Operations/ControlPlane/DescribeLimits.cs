using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles DescribeLimits.</summary>
internal static class DescribeLimits
{
    private const long Account = 80_000;
    private const long Table = 40_000;

    internal static Task<DescribeLimitsResponse> HandleAsync(
        OperationContext context, DescribeLimitsRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new DescribeLimitsResponse
        {
            AccountMaxReadCapacityUnits = Account,
            AccountMaxWriteCapacityUnits = Account,
            TableMaxReadCapacityUnits = Table,
            TableMaxWriteCapacityUnits = Table,
        });
}
