namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>A request that has no members.</summary>
internal sealed record EmptyRequest;

/// <summary>The response of DescribeEndpoints.</summary>
internal sealed record EndpointsAnswer(IReadOnlyList<EndpointsAnswer.Endpoint> Endpoints)
{
    internal sealed record Endpoint(string Address, long CachePeriodInMinutes);
}
