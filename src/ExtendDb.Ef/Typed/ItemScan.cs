using ExtendDb.Ef.Model;

namespace ExtendDb.Ef;

/// <summary>A Scan of a typed table; without members set, of the whole table.</summary>
public sealed record ItemScan
{
    /// <summary>Gets the name of the index to read; null for the table.</summary>
    public string? IndexName { get; init; }

    /// <summary>Gets the condition on the items to return, applied after a page is read; null for none.</summary>
    public ItemExpression? Filter { get; init; }

    /// <summary>Gets the largest number of items that a page reads; null for as many as 1 MB holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the LastEvaluatedKey of the page before; null for the first page.</summary>
    public AttributeMap? ExclusiveStartKey { get; init; }
}
