using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>Reads the names of the table and the index of a statement.</summary>
internal static class StatementSource
{
    /// <summary>Returns the names; the index is null for none.</summary>
    /// <exception cref="ValidationException">The source is no table and no index.</exception>
    public static (string Table, string? Index) Of(StatementSyntax statement)
    {
        var names = Names(statement.Source);
        if (names.Count > 1 && statement.Kind == StatementKind.Insert)
        {
            throw new ValidationException("FROM clause may only contain a single table name in data manipulation statements");
        }

        return names.Count <= 2
            ? (names[0], names.Count == 2 ? names[1] : null)
            : throw new ValidationException("A path may contain at most 2 components in the FROM clause");
    }

    private static List<string> Names(Term source)
    {
        var names = new List<string> { (source is Term.Path path ? path.Root : source).At.Text };
        foreach (var step in (source as Term.Path)?.Steps ?? [])
        {
            names.Add(step switch
            {
                { Name: { } name } => name,
                { Index: Term.Literal { At.Kind: StatementTokenKind.String } quoted } => quoted.At.Text,
                _ => throw new ValidationException("Invalid list expression in source."),
            });
        }

        return names.Contains(string.Empty) ? throw StatementPaths.EmptyComponent() : names;
    }
}
