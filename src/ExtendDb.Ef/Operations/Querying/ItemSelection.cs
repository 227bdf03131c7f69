using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>
/// The selection of a Query or Scan: which of the read items are returned, and which attributes of them.
/// </summary>
/// <param name="Select">The kind of attributes to return.</param>
/// <param name="Filter">The condition on returned items; null for all.</param>
/// <param name="Projection">The attributes to return for SPECIFIC_ATTRIBUTES; otherwise null.</param>
internal sealed record ItemSelection(Select Select, ItemCondition? Filter, DocumentProjection? Projection)
{
    /// <summary>Returns the selection of a request.</summary>
    /// <param name="asked">The Select of the request; null when it has none.</param>
    /// <param name="isOfIndex">Whether the request reads an index.</param>
    /// <param name="projection">The projection of the request.</param>
    /// <param name="isExpression">Whether the projection is a ProjectionExpression; decides the message.</param>
    /// <param name="filter">The filter of the request.</param>
    /// <exception cref="ValidationException">The Select and the projection contradict each other.</exception>
    public static ItemSelection Of(
        Select? asked, bool isOfIndex, DocumentProjection? projection, bool isExpression, ItemCondition? filter)
    {
        if (projection is not null && asked is not (null or Select.SPECIFIC_ATTRIBUTES))
        {
            throw new ValidationException(
                $"Cannot specify the {(isExpression ? "ProjectionExpression" : "AttributesToGet")} when choosing to get "
                + (asked == Select.COUNT ? "only the Count" : $"{asked}"));
        }

        if (asked == Select.SPECIFIC_ATTRIBUTES && projection is null)
        {
            throw new ValidationException(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES");
        }

        if (asked == Select.ALL_PROJECTED_ATTRIBUTES && !isOfIndex)
        {
            throw new ValidationException(
                "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }

        var select = asked ?? (projection is not null ? Select.SPECIFIC_ATTRIBUTES
            : isOfIndex ? Select.ALL_PROJECTED_ATTRIBUTES : Select.ALL_ATTRIBUTES);
        return new(select, filter, projection);
    }

    /// <summary>Refuses a projection with a path into a key attribute.</summary>
    public void CheckProjection(TableDefinition table) => KeyPaths.Check(table, Projection?.Paths);

    /// <summary>
    /// Refuses attributes that the index does not project, and a filter with a path into a key attribute.
    /// </summary>
    /// <exception cref="ValidationException">
    /// The index does not project an attribute to return, or one of the filter.
    /// </exception>
    public void Check(TableDefinition table, IndexDefinition? index, bool isScan)
    {
        var isGlobal = index is { Kind: IndexKind.GLOBAL };
        if (isGlobal && Select == Select.ALL_ATTRIBUTES && index!.Projection.ProjectionType != ProjectionType.ALL)
        {
            throw ValidationException.InvalidParameter(
                $"Select type ALL_ATTRIBUTES is not supported for global secondary index {index.Name} because its "
                + "projection type is not ALL");
        }

        KeyPaths.Check(table, Filter?.Paths);
        // For the filter of a Scan, an attribute that the index does not project does not exist.
        if (index is not null && !isScan && Missing(index, Filter?.Paths) is { Length: > 0 } filtered)
        {
            throw ValidationException.InvalidParameter(
                $"Secondary index {index.Name} does not project one or more filter attributes: [{filtered}]");
        }

        if (isGlobal && Missing(index!, Projection?.Paths) is { Length: > 0 } missing)
        {
            throw ValidationException.InvalidParameter(
                $"Global secondary index {index!.Name} does not project [{missing}]");
        }
    }

    /// <summary>
    /// Returns whether selected attributes must be read from the table, because a local index lacks them.
    /// </summary>
    public bool NeedsItems(IndexDefinition? index) =>
        index is { Kind: IndexKind.LOCAL, Projection.ProjectionType: not ProjectionType.ALL }
        && (Select == Select.ALL_ATTRIBUTES || Missing(index, Projection?.Paths).Length > 0);

    /// <summary>
    /// Returns the selected attributes of the read items that pass the filter, and the number of these items.
    /// </summary>
    public (IReadOnlyList<AttributeMap> Items, int Count) Of(List<AttributeMap> read)
    {
        if (Filter is null && Projection is null)
        {
            return (Select == Select.COUNT ? [] : read, read.Count);
        }

        var items = new List<AttributeMap>();
        var count = 0;
        foreach (var item in read)
        {
            if (Filter is not null && !Filter.Holds(item))
            {
                continue;
            }

            count++;
            if (Select != Select.COUNT)
            {
                items.Add(Projection is null ? item : Projection.Of(item));
            }
        }

        return (items, count);
    }

    private static string Missing(IndexDefinition index, IReadOnlyList<DocumentPath>? paths) => string.Join(
        ", ", (paths ?? []).Select(path => path.Attribute).Where(name => !index.Projects(name)).Distinct());
}
