using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>A condition that a transaction checks on an item that it does not write.</summary>
public sealed record ConditionCheck : IConditionalWrite
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public ConditionCheck()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <param name="key">The attributes of the primary key, and no others.</param>
    /// <param name="conditionExpression">The condition that the stored item must fulfil.</param>
    [SetsRequiredMembers]
    public ConditionCheck(string tableName, AttributeMap key, string conditionExpression)
    {
        TableName = tableName;
        Key = key;
        ConditionExpression = conditionExpression;
    }

    /// <summary>Gets the name of the table, or its ARN.</summary>
    public required string TableName { get; init; }

    /// <summary>Gets the attributes of the primary key, and no others.</summary>
    public required AttributeMap Key { get; init; }

    /// <summary>Gets the condition that the stored item must fulfil.</summary>
    public required string ConditionExpression { get; init; }

    /// <summary>
    /// Gets the attribute names behind placeholders such as <c>#name</c> in the expressions; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the values behind placeholders such as <c>:value</c> in the expressions; null for none.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets whether the reason of a false condition contains the stored item; the default is NONE.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}
