
namespace ExtendDb.Ef.Expressions;

/// <summary>Parses a ProjectionExpression. Source: DynamoDB developer guide, Projection expressions.</summary>
internal sealed class ProjectionParser : ExpressionParser
{
    private readonly List<DocumentPath> _paths = [];

    private ProjectionParser(string text, Placeholders placeholders)
        : base("ProjectionExpression", text, placeholders)
    {
    }

    // DynamoDB reports the last invalid path.
    protected override int Place => -_paths.Count;

    /// <summary>Parses a projection.</summary>
    /// <exception cref="ExtendDb.Ef.Model.ValidationException">
    /// The expression is invalid; the message names the error.
    /// </exception>
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
