namespace ExtendDb.Ef.Expressions;

/// <summary>Parses a ProjectionExpression. Source: DynamoDB developer guide, Projection expressions.</summary>
internal sealed class ProjectionParser : ExpressionParser
{
    private ProjectionParser(string text, Placeholders placeholders)
        : base("ProjectionExpression", text, placeholders)
    {
    }

    /// <summary>Parses a projection.</summary>
    /// <exception cref="Errors.ValidationException">The expression is not one; the message says what is wrong.</exception>
    public static DocumentProjection Parse(string text, Placeholders placeholders)
    {
        var parser = new ProjectionParser(text, placeholders);
        var paths = parser.ParsePaths();
        parser.End();
        return new(paths);
    }

    private List<DocumentPath> ParsePaths()
    {
        var paths = new List<DocumentPath>();
        do
        {
            var path = ParsePath();
            if (DistinctPaths.Check(paths, path) is { } problem)
            {
                Note(problem.Problem, problem.Message);
            }

            paths.Add(path);
        }
        while (Skip(","));
        return paths;
    }
}
