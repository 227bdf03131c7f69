using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Changes of an item, parsed once and made to one item or many.</summary>
/// <param name="actions">What is done; no two paths overlap.</param>
/// <param name="paths">All paths that the update names, also on right-hand sides.</param>
internal sealed class ItemUpdate(IReadOnlyList<UpdateAction> actions, IReadOnlyList<DocumentPath> paths)
{
    /// <summary>Gets the update that changes nothing.</summary>
    public static ItemUpdate None { get; } = new([], []);

    /// <summary>Gets what is done.</summary>
    public IReadOnlyList<UpdateAction> Actions => actions;

    /// <summary>Gets all paths that the update names.</summary>
    public IReadOnlyList<DocumentPath> Paths => paths;

    /// <summary>Gets the parts of the item that the update touches.</summary>
    public DocumentProjection Touched { get; } = new([.. actions.Select(action => action.Path)]);

    /// <summary>Gets whether the update makes an item that was not there: not when it only takes away.</summary>
    public bool Creates => actions.Count == 0 || actions.Any(action => action.Creates);

    /// <summary>Parses an update; null for none.</summary>
    /// <exception cref="ValidationException">The expression is not one; the message says what is wrong.</exception>
    public static ItemUpdate? Parse(string? text, Placeholders placeholders) =>
        text is null ? null : UpdateParser.Parse(text, placeholders);

    /// <summary>Returns an item as it is after the update; every value is worked out from the item as it was.</summary>
    /// <exception cref="ValidationException">A path or a value is not there, or has the wrong type.</exception>
    public AttributeMap ApplyTo(AttributeMap item)
    {
        var edits = new PathTree<Edit>();
        foreach (var action in actions)
        {
            // A value below nothing is not worked out: its path is what is wrong with it.
            edits.Add(action.Path, new(action.Path.HasParentIn(item) ? action.NewValue(item) : null));
        }

        return Apply(item, edits);
    }

    /// <summary>What becomes of a value; null is that it goes.</summary>
    private sealed record Edit(AttributeValue? Value);

    private static AttributeMap Apply(AttributeMap map, PathTree<Edit> edits)
    {
        var members = new Dictionary<string, AttributeValue>(map, StringComparer.Ordinal);
        foreach (var (name, below) in edits.Members)
        {
            if (below.Leaf is not { } edit)
            {
                members[name] = map.TryGetValue(name, out var inner) ? Apply(inner, below) : throw InvalidPath();
            }
            else if (edit.Value is not null)
            {
                members[name] = edit.Value;
            }
            else
            {
                members.Remove(name);
            }
        }

        return AttributeMap.Owning(members);
    }

    private static AttributeValue Apply(AttributeValue value, PathTree<Edit> edits) => value switch
    {
        AttributeValue.M map when edits.Elements.Count == 0 => new AttributeValue.M(Apply(map.Value, edits)),
        AttributeValue.L list when edits.Members.Count == 0 => new AttributeValue.L(Apply(list.Value, edits)),
        _ => throw InvalidPath(),
    };

    // All indexes mean the list as it was: what is set past its end is appended in order, what goes leaves last.
    private static List<AttributeValue> Apply(IReadOnlyList<AttributeValue> list, PathTree<Edit> edits)
    {
        var elements = list.ToList();
        foreach (var (index, below) in edits.Elements)
        {
            if (below.Leaf is not { } edit)
            {
                elements[index] = index < list.Count ? Apply(list[index], below) : throw InvalidPath();
            }
            else if (edit.Value is not null && index < list.Count)
            {
                elements[index] = edit.Value;
            }
            else if (edit.Value is not null)
            {
                elements.Add(edit.Value);
            }
        }

        foreach (var (index, below) in edits.Elements.Reverse())
        {
            if (below.Leaf is { Value: null } && index < list.Count)
            {
                elements.RemoveAt(index);
            }
        }

        return elements;
    }

    private static ValidationException InvalidPath() =>
        new("The document path provided in the update expression is invalid for update");
}
