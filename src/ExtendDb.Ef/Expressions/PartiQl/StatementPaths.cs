using System.Globalization;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Turns names and paths of a statement into document paths.</summary>
internal static class StatementPaths
{
    /// <summary>Returns whether a term is a name or a path.</summary>
    public static bool IsPath(Term term) => term is Term.Name or Term.Path;

    /// <summary>Returns the document path of a term.</summary>
    /// <exception cref="ValidationException">The term is no path that a document can have.</exception>
    public static DocumentPath Of(Term term)
    {
        var (root, parts) = term is Term.Path path ? (path.Root, path.Steps) : (term, []);
        if (root is not Term.Name name)
        {
            throw Unexpected(root.At);
        }

        var steps = new List<PathStep> { new(NotEmpty(name.At.Text)) };
        foreach (var part in parts)
        {
            steps.Add(Of(part));
        }

        return steps.Count <= DocumentPath.MaxSteps
            ? new(steps)
            : throw new ValidationException($"The document path has too many nesting levels; nesting levels: {steps.Count}");
    }

    /// <summary>Creates the exception for a term where a path is expected.</summary>
    public static ValidationException Unexpected(StatementToken at) => new($"Unexpected path component{at.Place}");

    public static ValidationException EmptyComponent() => new("Path component cannot be an empty string");

    private static PathStep Of(Term.PathPart part)
    {
        if (part.IsStar)
        {
            throw new ValidationException("Changing item's hierarchy while reading isn't supported");
        }

        return part switch
        {
            { Name: { } name } => new(NotEmpty(name)),
            { Index: Term.Literal { At.Kind: StatementTokenKind.String } member } => new(NotEmpty(member.At.Text)),
            { Index: Term.Literal { At.Kind: StatementTokenKind.Number } number } => new(Name: null, IndexOf(number)),
            _ => throw Unexpected(part.Index!.At),
        };
    }

    private static int IndexOf(Term.Literal number)
    {
        if (!number.At.Text.All(char.IsAsciiDigit))
        {
            throw Unexpected(number.At);
        }

        return int.TryParse(number.At.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && (index == 0 || !number.IsNegative)
            ? index
            : throw new ValidationException(
                "List index is not within the allowable range; "
                + $"index: [{(number.IsNegative ? "-" : string.Empty)}{number.At.Text}]{number.At.Place}");
    }

    private static string NotEmpty(string name) => name.Length > 0 ? name : throw EmptyComponent();
}
