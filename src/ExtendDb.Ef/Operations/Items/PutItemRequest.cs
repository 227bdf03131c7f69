using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>An item to be put.</summary>
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

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets conditions on single attributes, an older form of ConditionExpression; null for none.</summary>
    public IReadOnlyDictionary<string, ExpectedAttributeValue>? Expected { get; init; }

    /// <summary>Gets how the conditions in Expected are joined; null is AND.</summary>
    public ConditionalOperator? ConditionalOperator { get; init; }

    /// <summary>Gets which attributes to return: NONE or ALL_OLD.</summary>
    public ReturnValue ReturnValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its exception.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }

    /// <summary>Gets which capacity numbers to return.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>Gets whether to return the size of the item's collection.</summary>
    public ReturnItemCollectionMetrics ReturnItemCollectionMetrics { get; init; }
}
