namespace ExtendDb.Ef.Model;

/// <summary>The actions of AttributeUpdates. Source: DynamoDB API, AttributeValueUpdate.</summary>
public enum AttributeAction
{
    /// <summary>Adds to a number or a set; a missing attribute becomes the value.</summary>
    ADD,

    /// <summary>Adds the attribute, or replaces its value.</summary>
    PUT,

    /// <summary>Removes the attribute, or members of a set.</summary>
    DELETE,
}
