namespace ExtendDb.Ef.Model;

/// <summary>The update of one attribute in AttributeUpdates. Source: DynamoDB API, AttributeValueUpdate.</summary>
/// <param name="Action">PUT, ADD or DELETE; null is PUT.</param>
/// <param name="Value">The new value, the value to add, or the members to remove from a set; null only with DELETE.</param>
public sealed record AttributeValueUpdate(AttributeAction? Action = null, AttributeValue? Value = null)
{
    /// <summary>Gets the update that removes an attribute; a missing attribute is no error.</summary>
    public static AttributeValueUpdate Delete { get; } = new(AttributeAction.DELETE);

    /// <summary>Returns an update that adds an attribute, or replaces its value.</summary>
    /// <param name="value">The new value.</param>
    /// <returns>The update.</returns>
    public static AttributeValueUpdate Put(AttributeValue value) => new(AttributeAction.PUT, value);

    /// <summary>Returns an update that adds to a number or to a set.</summary>
    /// <param name="value">A number, or the members to add.</param>
    /// <returns>The update.</returns>
    public static AttributeValueUpdate Add(AttributeValue value) => new(AttributeAction.ADD, value);
}
