using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to describe a table and its indexes. Source: DynamoDB API, DescribeTable.</summary>
public sealed record DescribeTableRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public DescribeTableRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    [SetsRequiredMembers]
    public DescribeTableRequest(string tableName)
    {
        TableName = tableName;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }
}
