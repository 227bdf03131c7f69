using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Writing;

/// <summary>The members that PutItem, UpdateItem and DeleteItem share with the actions of a transaction.</summary>
/// <remarks>An action of a transaction has no legacy parameters and returns no attributes.</remarks>
internal interface IConditionalWrite
{
    string? ConditionExpression { get; }

    IReadOnlyDictionary<string, string>? ExpressionAttributeNames { get; }

    IReadOnlyDictionary<string, AttributeValue>? ExpressionAttributeValues { get; }

    ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; }

    IReadOnlyDictionary<string, ExpectedAttributeValue>? Expected => null;

    ConditionalOperator? ConditionalOperator => null;

    ReturnValue ReturnValues => ReturnValue.NONE;

    /// <summary>Gets all attributes that the stored item must have, and no others; null for no such condition.</summary>
    /// <remarks>An expression cannot say that an item has no other attributes, and may be too short to name all.</remarks>
    AttributeMap? OnlyIfStored => null;

    /// <summary>Gets whether the response has the capacity, which depends on the size of the stored item.</summary>
    bool ReturnsCapacity => false;

    /// <summary>Gets whether ExpressionAttributeNames may be given without an expression, as in a transaction.</summary>
    bool TakesNamesAlone => false;
}
