namespace ExtendDb.Ef.Model;

/// <summary>One item of a transaction's answer.</summary>
/// <param name="Item">The item, or what the projection leaves of it; null when there is none.</param>
public sealed record ItemResponse(AttributeMap? Item);
