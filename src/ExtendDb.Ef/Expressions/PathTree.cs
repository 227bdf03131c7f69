namespace ExtendDb.Ef.Expressions;

/// <summary>A tree of the steps of paths that do not overlap.</summary>
/// <typeparam name="T">The type of the data at the end of a path.</typeparam>
internal sealed class PathTree<T>
    where T : class
{
    /// <summary>Gets the data of the path that ends at this node; null for an inner node.</summary>
    public T? Leaf { get; private set; }

    /// <summary>Gets the nodes of members of a map, by name.</summary>
    public Dictionary<string, PathTree<T>> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the nodes of elements of a list, in the order of their indexes.</summary>
    public SortedDictionary<int, PathTree<T>> Elements { get; } = [];

    public void Add(DocumentPath path, T leaf)
    {
        var at = this;
        foreach (var step in path.Steps)
        {
            PathTree<T>? next;
            if (step.Name is null)
            {
                if (!at.Elements.TryGetValue(step.Index, out next))
                {
                    at.Elements.Add(step.Index, next = new());
                }
            }
            else if (!at.Members.TryGetValue(step.Name, out next))
            {
                at.Members.Add(step.Name, next = new());
            }

            at = next;
        }

        at.Leaf = leaf;
    }
}
