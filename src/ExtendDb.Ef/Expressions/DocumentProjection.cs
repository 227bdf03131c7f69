using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>A projection: the paths of the parts of an item to return.</summary>
internal sealed class DocumentProjection
{
    private static readonly object Whole = new();
    private readonly PathTree<object> _tree = new();

    /// <summary>Creates a projection from paths that do not overlap.</summary>
    public DocumentProjection(IReadOnlyList<DocumentPath> paths)
    {
        Paths = paths;
        foreach (var path in paths)
        {
            _tree.Add(path, Whole);
        }
    }

    /// <summary>Parses the projection of a request that has no other expressions; null for none.</summary>
    /// <exception cref="ValidationException">The expression is invalid; the message names the error.</exception>
    public static DocumentProjection? Read(
        string? expression, IReadOnlyDictionary<string, string>? names, IReadOnlyList<string>? attributesToGet)
    {
        var attributes = AttributesToGetParameter.Of(attributesToGet);
        var placeholders = new Placeholders(names);
        var projection = Parse(expression, placeholders) ?? attributes;
        placeholders.CheckAllUsed();
        return projection;
    }

    /// <summary>Parses a projection; null for none.</summary>
    /// <exception cref="ValidationException">The expression is invalid; the message names the error.</exception>
    public static DocumentProjection? Parse(string? text, Placeholders placeholders) =>
        text is null ? null : ProjectionParser.Parse(text, placeholders);

    /// <summary>Gets the paths, in the order of the expression.</summary>
    public IReadOnlyList<DocumentPath> Paths { get; }

    /// <summary>
    /// Returns the values at the paths, within the maps and lists that contain them; a path without a value adds
    /// nothing.
    /// </summary>
    /// <remarks>The remaining elements of a list move together, in their order.</remarks>
    public AttributeMap Of(AttributeMap item) => Of(item, _tree) ?? AttributeMap.Empty;

    private static AttributeMap? Of(AttributeMap map, PathTree<object> tree)
    {
        var kept = new Dictionary<string, AttributeValue>(tree.Members.Count, StringComparer.Ordinal);
        foreach (var (name, below) in tree.Members)
        {
            if (map.TryGetValue(name, out var value) && Of(value, below) is { } part)
            {
                kept.Add(name, part);
            }
        }

        return kept.Count > 0 ? AttributeMap.Owning(kept) : null;
    }

    private static AttributeValue? Of(AttributeValue value, PathTree<object> tree)
    {
        if (tree.Leaf is not null)
        {
            return value;
        }

        switch (value)
        {
            case AttributeValue.M map:
                return Of(map.Value, tree) is { } members ? new AttributeValue.M(members) : null;
            case AttributeValue.L list:
                var kept = new List<AttributeValue>(tree.Elements.Count);
                foreach (var (index, below) in tree.Elements)
                {
                    if (index < list.Value.Count && Of(list.Value[index], below) is { } part)
                    {
                        kept.Add(part);
                    }
                }

                return kept.Count > 0 ? new AttributeValue.L(kept) : null;
            default:
                return null;
        }
    }
}
