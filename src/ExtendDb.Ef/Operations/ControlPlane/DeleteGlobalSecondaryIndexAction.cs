namespace ExtendDb.Ef.Model;

/// <summary>
/// A global secondary index that UpdateTable removes. Source: DynamoDB API, DeleteGlobalSecondaryIndexAction.
/// </summary>
/// <param name="IndexName">The name of the index.</param>
public sealed record DeleteGlobalSecondaryIndexAction(string IndexName);
