using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to delete a table with its items and indexes. Source: DynamoDB API, DeleteTable.</summary>
public sealed record DeleteTableRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public DeleteTableRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    [SetsRequiredMembers]
    public DeleteTableRequest(string tableName)
    {
        TableName = tableName;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }
}
