using ExtendDb.Ef;

namespace Tests;

public sealed record Stock([PartitionKey] string Product, string Category, int Pieces);
