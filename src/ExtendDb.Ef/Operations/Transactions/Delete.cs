using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>The key of an item to be deleted by a transaction.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
public sealed record Delete(string TableName, AttributeMap Key) : IConditionalWrite
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
