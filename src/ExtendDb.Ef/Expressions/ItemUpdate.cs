using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>A parsed update, which can be applied to one item or many.</summary>
/// <param name="actions">The actions; no two of their paths overlap.</param>
/// <param name="paths">All paths in the update, including those of right-hand sides.</param>
internal sealed class ItemUpdate(IReadOnlyList<UpdateAction> actions, IReadOnlyList<DocumentPath> paths)
{
    /// <summary>Gets the update that changes nothing.</summary>
    public static ItemUpdate None { get; } = new([], []);

    /// <summary>Gets the actions.</summary>
    public IReadOnlyList<UpdateAction> Actions => actions;

    /// <summary>Gets all paths in the update.</summary>
    public IReadOnlyList<DocumentPath> Paths => paths;

    /// <summary>Gets the projection on the paths that the update changes.</summary>
    public DocumentProjection Touched { get; } = new([.. actions.Select(action => action.Path)]);

    /// <summary>Gets whether the update creates a missing item; an update that only removes does not.</summary>
    public bool Creates => actions.Count == 0 || actions.Any(action => action.Creates);

    /// <summary>Parses an update; null for none.</summary>
    /// <exception cref="ValidationException">The expression is invalid; the message names the error.</exception>
    public static ItemUpdate? Parse(string? text, Placeholders placeholders) =>
        text is null ? null : UpdateParser.Parse(text, placeholders);

    /// <summary>Returns the updated item; every new value is computed from the item before the update.</summary>
    /// <param name="item">The stored item, or the key of an item that is not stored.</param>
    /// <param name="isStored">Whether the item is stored; from one that is not, REMOVE removes nothing, whatever its path.</param>
    /// <exception cref="ValidationException">A path or a value does not exist, or has the wrong type.</exception>
    public AttributeMap ApplyTo(AttributeMap item, bool isStored = true)
    {
        var edits = new PathTree<Edit>();
        foreach (var action in actions)
        {
            if (!isStored && action is UpdateAction.Remove)
            {
                continue;
            }

            // Without a parent the value is not computed, because the error is the path.
            edits.Add(action.Path, new(action.Path.HasParentIn(item) ? action.NewValue(item) : null));
        }

        return Apply(item, edits);
    }

    /// <summary>The new value at a path; null removes the value.</summary>
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

    // All indexes refer to the list before the update: values past its end are appended in order, removals come last.
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
