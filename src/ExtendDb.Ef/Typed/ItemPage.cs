using ExtendDb.Ef.Model;

namespace ExtendDb.Ef;

/// <summary>One page of a Query or a Scan of a typed table.</summary>
/// <typeparam name="T">The class of the items.</typeparam>
/// <param name="Items">The items that fulfil the filter; a page before the last may be empty.</param>
/// <param name="ScannedCount">The number of items that were read, before the filter.</param>
/// <param name="LastEvaluatedKey">The start key of the next page; null when this page is the last.</param>
public sealed record ItemPage<T>(IReadOnlyList<T> Items, int ScannedCount, AttributeMap? LastEvaluatedKey);
