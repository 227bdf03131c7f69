using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations;

namespace ExtendDb.Ef.AspNetCore.Operations;

// What the protocol wraps around the requests and responses of the domain layer.

/// <summary>A request that says nothing.</summary>
internal sealed record NoMembers;

/// <summary>A request that only names a table.</summary>
internal sealed record OfTable(string? TableName)
{
    /// <summary>Returns the name, which may not be missing; a caller of the domain layer could not leave it out.</summary>
    /// <exception cref="ValidationException">It is missing, or no name of a table.</exception>
    public string Named()
    {
        new RequestValidator().TableName(TableName).ThrowIfBroken();
        return TableName!;
    }
}

/// <summary>The answer of DescribeTable.</summary>
internal sealed record TableAnswer(TableDescription Table);

/// <summary>The answer of the operations that change a table.</summary>
internal sealed record TableDescriptionAnswer(TableDescription TableDescription);

/// <summary>The answer of DescribeContinuousBackups.</summary>
internal sealed record ContinuousBackupsAnswer(ContinuousBackupsDescription ContinuousBackupsDescription);

/// <summary>The answer of DescribeTimeToLive.</summary>
internal sealed record TimeToLiveDescriptionAnswer(TimeToLiveDescription TimeToLiveDescription);

/// <summary>The answer of UpdateTimeToLive.</summary>
internal sealed record TimeToLiveSpecificationAnswer(TimeToLiveSpecification TimeToLiveSpecification);

/// <summary>The answer of DescribeEndpoints.</summary>
internal sealed record EndpointsAnswer(IReadOnlyList<EndpointsAnswer.Endpoint> Endpoints)
{
    internal sealed record Endpoint(string Address, long CachePeriodInMinutes);
}
