namespace ExtendDb.Ef.Model;

/// <summary>What an UpdateItem does with one attribute. Source: DynamoDB API, AttributeValueUpdate.</summary>
public enum AttributeAction
{
    /// <summary>Adds to a number or a set; an attribute that is not there becomes the value.</summary>
    ADD,

    /// <summary>Adds the attribute, or replaces its value.</summary>
    PUT,

    /// <summary>Removes the attribute, or members of a set.</summary>
    DELETE,
}
