namespace ExtendDb.Ef.AspNetCore.Operations;

/// <summary>A request that has no members.</summary>
internal sealed record EmptyRequest;
