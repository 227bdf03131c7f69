namespace ExtendDb.Ef.Model;

/// <summary>A legacy condition on one attribute. Source: DynamoDB API, Condition.</summary>
/// <param name="ComparisonOperator">The operator.</param>
/// <param name="AttributeValueList">
/// The values: two for BETWEEN, none for NULL and NOT_NULL, one or more for IN, one for all other operators.
/// </param>
public sealed record Condition(
    ComparisonOperator ComparisonOperator, params IReadOnlyList<AttributeValue> AttributeValueList)
{
    /// <summary>Returns the condition that an attribute equals a value.</summary>
    /// <returns>The condition.</returns>
    public static Condition EqualTo(AttributeValue value) => new(ComparisonOperator.EQ, value);

    /// <summary>Returns the condition that an attribute is less than a value.</summary>
    /// <returns>The condition.</returns>
    public static Condition LessThan(AttributeValue value) => new(ComparisonOperator.LT, value);

    /// <summary>Returns the condition that an attribute is at most a value.</summary>
    /// <returns>The condition.</returns>
    public static Condition AtMost(AttributeValue value) => new(ComparisonOperator.LE, value);

    /// <summary>Returns the condition that an attribute is greater than a value.</summary>
    /// <returns>The condition.</returns>
    public static Condition GreaterThan(AttributeValue value) => new(ComparisonOperator.GT, value);

    /// <summary>Returns the condition that an attribute is at least a value.</summary>
    /// <returns>The condition.</returns>
    public static Condition AtLeast(AttributeValue value) => new(ComparisonOperator.GE, value);

    /// <summary>Returns the condition that an attribute lies between two values, both included.</summary>
    /// <param name="low">The lower value.</param>
    /// <param name="high">The upper value, not less than the lower one.</param>
    /// <returns>The condition.</returns>
    public static Condition Between(AttributeValue low, AttributeValue high) => new(ComparisonOperator.BETWEEN, low, high);

    /// <summary>Returns the condition that an attribute begins with a value.</summary>
    /// <param name="prefix">A string or a binary.</param>
    /// <returns>The condition.</returns>
    public static Condition BeginsWith(AttributeValue prefix) => new(ComparisonOperator.BEGINS_WITH, prefix);
}
