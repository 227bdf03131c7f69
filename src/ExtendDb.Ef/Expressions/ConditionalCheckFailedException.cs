namespace ExtendDb.Ef.Model;

/// <summary>The condition of a write was false for the stored item.</summary>
/// <param name="item">The stored item when the request asked for it and it exists; otherwise null.</param>
public sealed class ConditionalCheckFailedException(AttributeMap? item = null)
    : DynamoDbException("The conditional request failed")
{
    /// <summary>
    /// Gets the stored item when ReturnValuesOnConditionCheckFailure asked for it and it exists; otherwise null.
    /// </summary>
    public AttributeMap? Item { get; } = item;
}
