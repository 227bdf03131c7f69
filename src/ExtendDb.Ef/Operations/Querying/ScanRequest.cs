using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>Which page of a table or an index to read.</summary>
public sealed record ScanRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public ScanRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    [SetsRequiredMembers]
    public ScanRequest(string tableName)
    {
        TableName = tableName;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the index to read; null for the table.</summary>
    public string? IndexName { get; init; }

    /// <summary>Gets the condition on the items that are returned, applied after the page was read; null for none.</summary>
    public string? FilterExpression { get; init; }

    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets the names of the attributes to return, an older form of ProjectionExpression; null for all.</summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>Gets conditions on single attributes, an older form of FilterExpression; null for none.</summary>
    public IReadOnlyDictionary<string, Condition>? ScanFilter { get; init; }

    /// <summary>Gets how the conditions in ScanFilter are joined; null is AND.</summary>
    public ConditionalOperator? ConditionalOperator { get; init; }

    /// <summary>Gets which attributes to return; null for all, those of a projection, or those that the index projects.</summary>
    public Select? Select { get; init; }

    /// <summary>Gets the most items to read; null for as many as 1 MB holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the LastEvaluatedKey of the page before; null for the first page.</summary>
    public AttributeMap? ExclusiveStartKey { get; init; }

    /// <summary>Gets whether every write that has returned must be seen; refused on a global index.</summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets which part of the table to read, from 0; null for all of it.</summary>
    public int? Segment { get; init; }

    /// <summary>Gets into how many parts the table is divided, 1 to 1,000,000; null for one.</summary>
    public int? TotalSegments { get; init; }
}
