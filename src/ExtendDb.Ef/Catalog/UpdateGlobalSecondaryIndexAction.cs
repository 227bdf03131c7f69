namespace ExtendDb.Ef.Catalog;

/// <summary>A change of the capacity of a global index. Source: DynamoDB API, UpdateGlobalSecondaryIndexAction.</summary>
/// <param name="IndexName">The index.</param>
/// <param name="ProvisionedThroughput">The new capacity; null is refused.</param>
public sealed record UpdateGlobalSecondaryIndexAction(string IndexName, ProvisionedThroughput? ProvisionedThroughput);
