namespace ExtendDb.Ef.Expressions;

/// <summary>Checks that no two paths of a projection or an update overlap or conflict.</summary>
internal static class DistinctPaths
{
    /// <summary>
    /// Returns the index of the last path that overlaps or conflicts with a later one, and the message; null when none
    /// does.
    /// </summary>
    public static (int Index, string Message)? Collision(IReadOnlyList<DocumentPath> paths)
    {
        for (var i = paths.Count - 2; i >= 0; i--)
        {
            for (var j = paths.Count - 1; j > i; j--)
            {
                if (How(paths[i], paths[j]) is { } how)
                {
                    return (i, $"Two document paths {how} with each other; must remove or rewrite one of these paths; "
                        + $"path one: {paths[i]}, path two: {paths[j]}");
                }
            }
        }

        return null;
    }

    private static string? How(DocumentPath one, DocumentPath two)
    {
        for (var i = 0; i < one.Steps.Count && i < two.Steps.Count; i++)
        {
            if (one.Steps[i].Name is null != two.Steps[i].Name is null)
            {
                return "conflict";
            }

            if (one.Steps[i] != two.Steps[i])
            {
                return null;
            }
        }

        return "overlap";
    }
}
