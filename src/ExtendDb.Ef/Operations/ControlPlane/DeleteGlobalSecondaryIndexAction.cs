namespace ExtendDb.Ef.Model;

/// <summary>A global index to be removed. Source: DynamoDB API, DeleteGlobalSecondaryIndexAction.</summary>
/// <param name="IndexName">The index.</param>
public sealed record DeleteGlobalSecondaryIndexAction(string IndexName);
