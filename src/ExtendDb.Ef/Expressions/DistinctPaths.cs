namespace ExtendDb.Ef.Expressions;

/// <summary>The rule that no two paths of a projection or an update overlap or contradict each other.</summary>
internal static class DistinctPaths
{
    /// <summary>Returns the first problem between a path and the paths before it; null when there is none.</summary>
    public static (Problem Problem, string Message)? Check(IEnumerable<DocumentPath> before, DocumentPath path)
    {
        foreach (var other in before)
        {
            if (Check(other, path) is { } problem)
            {
                var how = problem == Problem.Overlap ? "overlap" : "conflict";
                return (problem,
                    $"Two document paths {how} with each other; must remove or rewrite one of these paths; "
                    + $"path one: {other}, path two: {path}");
            }
        }

        return null;
    }

    private static Problem? Check(DocumentPath one, DocumentPath two)
    {
        for (var i = 0; i < one.Steps.Count && i < two.Steps.Count; i++)
        {
            if (one.Steps[i].Name is null != two.Steps[i].Name is null)
            {
                return Problem.Conflict;
            }

            if (one.Steps[i] != two.Steps[i])
            {
                return null;
            }
        }

        return Problem.Overlap;
    }
}
