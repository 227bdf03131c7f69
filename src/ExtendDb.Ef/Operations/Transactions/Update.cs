using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>Changes of one item by a transaction.</summary>
/// <param name="TableName">The table.</param>
/// <param name="Key">The attributes of the primary key, and no others.</param>
/// <param name="UpdateExpression">The changes: SET, REMOVE, ADD and DELETE.</param>
public sealed record Update(string TableName, AttributeMap Key, string UpdateExpression) : IUpdate
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
