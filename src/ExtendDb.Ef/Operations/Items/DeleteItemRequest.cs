using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>The key of an item to be deleted.</summary>
public sealed record DeleteItemRequest : IConditionalWrite
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public DeleteItemRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <param name="key">The attributes of the primary key, and no others.</param>
    [SetsRequiredMembers]
    public DeleteItemRequest(string tableName, AttributeMap key)
    {
        TableName = tableName;
        Key = key;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the attributes of the primary key, and no others.</summary>
    public required AttributeMap Key { get; init; }

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

    /// <summary>Gets the number of the only table that is meant: another one may have got its name meanwhile. Null is any.</summary>
    internal int? OnlyTable { get; init; }
}
