using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations;

namespace ExtendDb.Ef.Expressions;

/// <summary>Which parts of items to return.</summary>
internal sealed class DocumentProjection
{
    private static readonly object Whole = new();
    private readonly PathTree<object> _tree = new();

    /// <summary>Makes a projection of paths that do not overlap.</summary>
    public DocumentProjection(IReadOnlyList<DocumentPath> paths)
    {
        Paths = paths;
        foreach (var path in paths)
        {
            _tree.Add(path, Whole);
        }
    }

    /// <summary>Reads the projection of a request that has no other expressions; null for none.</summary>
    /// <exception cref="ValidationException">It is not one; the message says what is wrong.</exception>
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
    /// <exception cref="ValidationException">The expression is not one; the message says what is wrong.</exception>
    public static DocumentProjection? Parse(string? text, Placeholders placeholders) =>
        text is null ? null : ProjectionParser.Parse(text, placeholders);

    /// <summary>Gets the paths, in the order of the expression.</summary>
    public IReadOnlyList<DocumentPath> Paths { get; }

    /// <summary>Returns what the paths lead to, within the maps and lists around it; nothing for paths that lead nowhere.</summary>
    /// <remarks>The elements of a list that are left close up, in their order.</remarks>
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
