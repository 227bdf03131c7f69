using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to enable or disable the time to live of a table.</summary>
public sealed record UpdateTimeToLiveRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public UpdateTimeToLiveRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <param name="timeToLiveSpecification">The attribute with the time of expiry, and whether items expire.</param>
    [SetsRequiredMembers]
    public UpdateTimeToLiveRequest(string tableName, TimeToLiveSpecification timeToLiveSpecification)
    {
        TableName = tableName;
        TimeToLiveSpecification = timeToLiveSpecification;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the attribute with the time of expiry, and whether items expire.</summary>
    public required TimeToLiveSpecification TimeToLiveSpecification { get; init; }
}
