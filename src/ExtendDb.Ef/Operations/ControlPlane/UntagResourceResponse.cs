namespace ExtendDb.Ef.Model;

/// <summary>The response of an UntagResource, which has no members.</summary>
public sealed record UntagResourceResponse;
