using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to read one page of the items with one partition key value, from a table or an index.</summary>
public sealed record QueryRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public QueryRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    [SetsRequiredMembers]
    public QueryRequest(string tableName)
    {
        TableName = tableName;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the name of the index to read; null for the table.</summary>
    public string? IndexName { get; init; }

    /// <summary>
    /// Gets the condition on the key of the table or index: the value of the partition key, and optionally a condition
    /// on the sort key; null when KeyConditions has it.
    /// </summary>
    public string? KeyConditionExpression { get; init; }

    /// <summary>
    /// Gets the conditions on the key attributes, the older form of KeyConditionExpression; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, Condition>? KeyConditions { get; init; }

    /// <summary>Gets whether the items come in ascending order of their sort keys; null is true.</summary>
    public bool? ScanIndexForward { get; init; }

    /// <summary>Gets the condition on the items to return, applied after the page is read; null for none.</summary>
    public string? FilterExpression { get; init; }

    /// <summary>Gets the paths of the attributes to return; null for all.</summary>
    public string? ProjectionExpression { get; init; }

    /// <summary>
    /// Gets the attribute names behind placeholders such as <c>#name</c> in the expressions; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the values behind placeholders such as <c>:value</c> in the expressions; null for none.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>
    /// Gets the names of the attributes to return, the older form of ProjectionExpression; null for all.
    /// </summary>
    public IReadOnlyList<string>? AttributesToGet { get; init; }

    /// <summary>Gets the conditions on single attributes, the older form of FilterExpression; null for none.</summary>
    public IReadOnlyDictionary<string, Condition>? QueryFilter { get; init; }

    /// <summary>Gets the operator that joins the conditions in QueryFilter; null is AND.</summary>
    public ConditionalOperator? ConditionalOperator { get; init; }

    /// <summary>
    /// Gets the kind of attributes to return; null for those of the request's projection, of the index, or of the
    /// table.
    /// </summary>
    public Select? Select { get; init; }

    /// <summary>Gets the largest number of items to read; null for as many as 1 MB holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the LastEvaluatedKey of the previous page; null for the first page.</summary>
    public AttributeMap? ExclusiveStartKey { get; init; }

    /// <summary>
    /// Gets whether the response must reflect every write that has returned; refused on a global index.
    /// </summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    internal bool IsForward => ScanIndexForward ?? true;
}
