namespace ExtendDb.Ef.Model;

/// <summary>The size of all items with one partition key, and of their entries in local indexes.</summary>
/// <param name="ItemCollectionKey">The partition key.</param>
/// <param name="SizeEstimateRangeGB">The lower and the upper bound of the size, in gigabytes.</param>
/// <remarks>Source: DynamoDB API, ItemCollectionMetrics.</remarks>
public sealed record ItemCollectionMetrics(AttributeMap ItemCollectionKey, IReadOnlyList<double> SizeEstimateRangeGB);
