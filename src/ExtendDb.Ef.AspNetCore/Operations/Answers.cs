using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations;

namespace ExtendDb.Ef.AspNetCore.Operations;

// The requests and responses that the protocol has around those of the domain layer.

/// <summary>A request without members.</summary>
internal sealed record NoMembers;

/// <summary>A request whose only member is the name of a table.</summary>
internal sealed record OfTable(string? TableName)
{
    /// <summary>Returns the name, which must be given; callers of the domain layer cannot omit it.</summary>
    /// <exception cref="ValidationException">The name is missing, or not a valid table name.</exception>
    public string Named()
    {
        new RequestValidator().TableName(TableName).ThrowIfBroken();
        return TableName!;
    }
}

/// <summary>The response of DescribeTable.</summary>
internal sealed record TableAnswer(TableDescription Table);

/// <summary>The response of the operations that change a table.</summary>
internal sealed record TableDescriptionAnswer(TableDescription TableDescription);

/// <summary>The response of DescribeContinuousBackups.</summary>
internal sealed record ContinuousBackupsAnswer(ContinuousBackupsDescription ContinuousBackupsDescription);

/// <summary>The response of DescribeTimeToLive.</summary>
internal sealed record TimeToLiveDescriptionAnswer(TimeToLiveDescription TimeToLiveDescription);

/// <summary>The response of UpdateTimeToLive.</summary>
internal sealed record TimeToLiveSpecificationAnswer(TimeToLiveSpecification TimeToLiveSpecification);

/// <summary>The response of DescribeEndpoints.</summary>
internal sealed record EndpointsAnswer(IReadOnlyList<EndpointsAnswer.Endpoint> Endpoints)
{
    internal sealed record Endpoint(string Address, long CachePeriodInMinutes);
}
