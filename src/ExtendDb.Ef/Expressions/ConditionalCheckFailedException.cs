namespace ExtendDb.Ef.Model;

/// <summary>The condition of a write is false for the stored item.</summary>
/// <param name="item">The stored item when it was asked for and there is one; otherwise null.</param>
public sealed class ConditionalCheckFailedException(AttributeMap? item = null)
    : DynamoDbException("The conditional request failed")
{
    /// <summary>Gets the stored item when ReturnValuesOnConditionCheckFailure asked for it and there is one.</summary>
    public AttributeMap? Item { get; } = item;
}
