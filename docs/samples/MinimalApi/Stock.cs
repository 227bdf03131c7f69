using ExtendDb.Ef;

namespace MinimalApi;

/// <summary>An item: how many pieces there are of a product.</summary>
public sealed record Stock([PartitionKey] string Product, string Category, int Pieces);
