namespace ExtendDb.Ef.Model;

/// <summary>What an UpdateItem does with one attribute. Source: DynamoDB API, AttributeValueUpdate.</summary>
/// <param name="Action">PUT, ADD or DELETE; null is PUT.</param>
/// <param name="Value">The new value, what to add, or the members to take out of a set; null only with DELETE.</param>
public sealed record AttributeValueUpdate(AttributeAction? Action = null, AttributeValue? Value = null)
{
    /// <summary>Gets the update that removes an attribute; that it is not there is no error.</summary>
    public static AttributeValueUpdate Delete { get; } = new(AttributeAction.DELETE);

    /// <summary>Makes an update that adds an attribute, or replaces its value.</summary>
    /// <param name="value">The new value.</param>
    /// <returns>The update.</returns>
    public static AttributeValueUpdate Put(AttributeValue value) => new(AttributeAction.PUT, value);

    /// <summary>Makes an update that adds to a number or to a set.</summary>
    /// <param name="value">A number, or the members to add.</param>
    /// <returns>The update.</returns>
    public static AttributeValueUpdate Add(AttributeValue value) => new(AttributeAction.ADD, value);
}
