using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>A condition on an item that the transaction does not write.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
/// <param name="ConditionExpression">The condition that the stored item must fulfil.</param>
public sealed record ConditionCheck(string TableName, AttributeMap Key, string ConditionExpression) : IConditionalWrite
{
    /// <summary>Gets what stands for <c>#name</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets what stands for <c>:value</c> in the expressions; null for nothing.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets whether a false condition returns the stored item with its reason.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}
