namespace ExtendDb.Ef.Model;

/// <summary>The response of a TagResource, which has no members.</summary>
public sealed record TagResourceResponse;
