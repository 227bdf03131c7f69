using ExtendDb.Ef.Catalog;

namespace ExtendDb.Ef.AspNetCore.Operations;

// What the protocol wraps around the requests and responses of the domain layer.

/// <summary>A request that says nothing.</summary>
internal sealed record NoParameters;

/// <summary>A request that only names a table.</summary>
internal sealed record OfTable(string TableName);

/// <summary>The answer of DescribeTable.</summary>
internal sealed record TableAnswer(TableDescription Table);

/// <summary>The answer of the operations that change a table.</summary>
internal sealed record TableDescriptionAnswer(TableDescription TableDescription);

/// <summary>The answer of DescribeEndpoints.</summary>
internal sealed record EndpointsAnswer(IReadOnlyList<EndpointsAnswer.Endpoint> Endpoints)
{
    internal sealed record Endpoint(string Address, long CachePeriodInMinutes);
}
