namespace ExtendDb.Ef.Model;

/// <summary>One item of a transaction's answer.</summary>
public sealed record ItemResponse
{
    /// <summary>Gets the item, or what the projection leaves of it; null when there is none.</summary>
    public AttributeMap? Item { get; init; }
}
