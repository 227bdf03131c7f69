using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to describe the backups of a table. Source: DynamoDB API, DescribeContinuousBackups.</summary>
public sealed record DescribeContinuousBackupsRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public DescribeContinuousBackupsRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    [SetsRequiredMembers]
    public DescribeContinuousBackupsRequest(string tableName)
    {
        TableName = tableName;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }
}
