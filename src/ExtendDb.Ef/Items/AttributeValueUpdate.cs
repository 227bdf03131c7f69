using ExtendDb.Ef.Attributes;

namespace ExtendDb.Ef.Items;

/// <summary>What an UpdateItem does to one attribute. Source: DynamoDB API, AttributeValueUpdate.</summary>
public sealed record AttributeValueUpdate
{
    private AttributeValueUpdate(AttributeValue? value) => Value = value;

    /// <summary>Gets the new value; null when the attribute is removed.</summary>
    public AttributeValue? Value { get; }

    /// <summary>Gets the update that removes an attribute; that it is not there is no error.</summary>
    public static AttributeValueUpdate Delete { get; } = new(value: null);

    /// <summary>Makes an update that adds an attribute, or replaces its value.</summary>
    /// <param name="value">The new value.</param>
    /// <returns>The update.</returns>
    public static AttributeValueUpdate Put(AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(value);
    }
}
