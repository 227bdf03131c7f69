namespace ExtendDb.Ef.Model;

/// <summary>The response of TagResource, which has no members.</summary>
public sealed record TagResourceResponse;
