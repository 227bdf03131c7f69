namespace ExtendDb.Ef.Model;

/// <summary>The response of UntagResource, which has no members.</summary>
public sealed record UntagResourceResponse;
