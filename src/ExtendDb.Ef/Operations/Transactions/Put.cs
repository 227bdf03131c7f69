using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>An item to be put by a transaction.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Item">The item with all its attributes, the key attributes included; at most 400 KB.</param>
public sealed record Put(string TableName, AttributeMap Item) : IConditionalWrite
{
    /// <summary>Gets the condition that the stored item must fulfil; null for none.</summary>
    public string? ConditionExpression { get; init; }

    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its reason.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}
