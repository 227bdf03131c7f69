namespace ExtendDb.Ef.Expressions;

/// <summary>Paths that do not overlap, as a tree of their steps.</summary>
/// <typeparam name="T">What stands at the end of a path.</typeparam>
internal sealed class PathTree<T>
    where T : class
{
    /// <summary>Gets what stands at the end of the path that leads here; null when paths go on.</summary>
    public T? Leaf { get; private set; }

    /// <summary>Gets the steps into members of a map.</summary>
    public Dictionary<string, PathTree<T>> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the steps into elements of a list, in their order.</summary>
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
