namespace ExtendDb.Ef.Model;

/// <summary>One item in the response of TransactGetItems.</summary>
public sealed record ItemResponse
{
    /// <summary>
    /// Gets the item, or its projected attributes; null when the item does not exist or has none of these attributes.
    /// </summary>
    public AttributeMap? Item { get; init; }
}
