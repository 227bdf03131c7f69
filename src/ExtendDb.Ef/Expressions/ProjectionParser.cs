using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions;

/// <summary>Parses a ProjectionExpression. Source: DynamoDB developer guide, Projection expressions.</summary>
internal sealed class ProjectionParser : ExpressionParser
{
    private readonly List<DocumentPath> _paths = [];

    private ProjectionParser(string text, Placeholders placeholders)
        : base("ProjectionExpression", text, placeholders)
    {
    }

    // Of the paths, the last one in the wrong is what DynamoDB names.
    protected override int Place => -_paths.Count;

    /// <summary>Parses a projection.</summary>
    /// <exception cref="ExtendDb.Ef.Model.ValidationException">The expression is not one; the message says what is wrong.</exception>
    public static DocumentProjection Parse(string text, Placeholders placeholders)
    {
        var parser = new ProjectionParser(text, placeholders);
        parser.ParsePaths();
        parser.End();
        return new(parser._paths);
    }

    private void ParsePaths()
    {
        do
        {
            _paths.Add(ParsePath(whenUndefined: ErrorRank.Target));
        }
        while (Skip(","));
        CheckDistinct(_paths);
    }
}
