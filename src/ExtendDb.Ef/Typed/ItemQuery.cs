using ExtendDb.Ef.Model;

namespace ExtendDb.Ef;

/// <summary>A Query of a typed table.</summary>
/// <example><code>new ItemQuery { Key = $"Artist = {artist} AND begins_with(Title, {start})" }</code></example>
public sealed record ItemQuery
{
    /// <summary>
    /// Gets the condition on the key of the table or index: the value of the partition key, and optionally a condition
    /// on the sort key.
    /// </summary>
    public required ItemExpression Key { get; init; }

    /// <summary>Gets the name of the index to read; null for the table.</summary>
    public string? IndexName { get; init; }

    /// <summary>Gets the condition on the items to return, applied after a page is read; null for none.</summary>
    public ItemExpression? Filter { get; init; }

    /// <summary>Gets whether the items come in ascending order of their sort keys; the default is true.</summary>
    public bool ScanIndexForward { get; init; } = true;

    /// <summary>Gets the largest number of items that a page reads; null for as many as 1 MB holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the LastEvaluatedKey of the page before; null for the first page.</summary>
    public AttributeMap? ExclusiveStartKey { get; init; }
}
