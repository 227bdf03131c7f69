using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>A request to create one item, or to replace the item that has the same primary key.</summary>
public sealed record PutItemRequest : IConditionalWrite
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public PutItemRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <param name="item">The item with all its attributes, the key attributes included; at most 400 KB.</param>
    [SetsRequiredMembers]
    public PutItemRequest(string tableName, AttributeMap item)
    {
        TableName = tableName;
        Item = item;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the item with all its attributes, the key attributes included; at most 400 KB.</summary>
    public required AttributeMap Item { get; init; }

    /// <summary>Gets the condition that the stored item must fulfil; null for none.</summary>
    public string? ConditionExpression { get; init; }

    /// <summary>
    /// Gets the attribute names behind placeholders such as <c>#name</c> in the expressions; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the values behind placeholders such as <c>:value</c> in the expressions; null for none.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>
    /// Gets the conditions on single attributes, the older form of ConditionExpression; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, ExpectedAttributeValue>? Expected { get; init; }

    /// <summary>Gets the operator that joins the conditions in Expected; null is AND.</summary>
    public ConditionalOperator? ConditionalOperator { get; init; }

    /// <summary>Gets the attributes to return, NONE or ALL_OLD; the default is NONE.</summary>
    public ReturnValue ReturnValues { get; init; }

    /// <summary>
    /// Gets whether the exception of a false condition contains the stored item; the default is NONE.
    /// </summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether the response contains the size of the item collection; the default is NONE.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }

    /// <summary>Gets all attributes that the stored item must have, and no others; null for no such condition.</summary>
    internal AttributeMap? OnlyIfStored { get; init; }

    AttributeMap? IConditionalWrite.OnlyIfStored => OnlyIfStored;

    bool IConditionalWrite.ReturnsCapacity => ReturnConsumedCapacity != ReturnConsumedCapacity.NONE;
}
