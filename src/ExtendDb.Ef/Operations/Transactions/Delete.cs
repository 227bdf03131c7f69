using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Model;

/// <summary>The deletion of one item in a transaction.</summary>
public sealed record Delete : IConditionalWrite
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public Delete()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="tableName">The name of the table, or its ARN.</param>
    /// <param name="key">The attributes of the primary key, and no others.</param>
    [SetsRequiredMembers]
    public Delete(string tableName, AttributeMap key)
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

    /// <summary>
    /// Gets the attribute names behind placeholders such as <c>#name</c> in the expressions; null for none.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; init; }

    /// <summary>Gets the values behind placeholders such as <c>:value</c> in the expressions; null for none.</summary>
    public IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; init; }

    /// <summary>Gets whether the reason of a false condition contains the stored item; the default is NONE.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }

    bool IConditionalWrite.TakesNamesAlone => true;
}
