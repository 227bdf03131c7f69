namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>The response of DescribeEndpoints.</summary>
internal sealed record DescribeEndpointsResponse(IReadOnlyList<DescribeEndpointsResponse.Endpoint> Endpoints)
{
    internal sealed record Endpoint(string Address, long CachePeriodInMinutes);
}
