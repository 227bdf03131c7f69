using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.PartiQl;

/// <summary>The columns of a SELECT: paths, each with the name under which its value is returned.</summary>
internal sealed class SelectedColumns
{
    private readonly List<(string Name, DocumentPath Path)> _columns;

    private SelectedColumns(List<(string Name, DocumentPath Path)> columns)
    {
        _columns = columns;
        Projection = new([.. columns.Select(column => column.Path)]);
    }

    /// <summary>Gets the projection on the columns.</summary>
    public DocumentProjection Projection { get; }

    /// <summary>Returns the columns of a SELECT; null for all attributes.</summary>
    /// <exception cref="ValidationException">A column is no path, or two columns have one name, or overlap.</exception>
    public static SelectedColumns? Of(IReadOnlyList<Term>? terms)
    {
        if (terms is null)
        {
            return null;
        }

        var columns = new List<(string Name, DocumentPath Path)>();
        foreach (var term in terms)
        {
            var path = StatementPaths.Of(term);
            columns.Add((NameOf(path), path));
            if (columns.Count(column => column.Name == columns[^1].Name) > 1)
            {
                throw new ValidationException($"Duplicate identifiers in select clause: {columns[^1].Name}");
            }
        }

        // DynamoDB names the later path first.
        return DistinctPaths.Collision([.. columns.Select(column => column.Path).Reverse()]) is { } collision
            ? throw new ValidationException(collision.Message)
            : new(columns);
    }

    /// <summary>Returns the values of an item at the paths; a path without a value adds nothing.</summary>
    public AttributeMap Of(AttributeMap item)
    {
        var row = new Dictionary<string, AttributeValue>(_columns.Count, StringComparer.Ordinal);
        foreach (var (name, path) in _columns)
        {
            if (path.In(item) is { } value)
            {
                row.Add(name, value);
            }
        }

        return AttributeMap.Owning(row);
    }

    // The last name with the indexes behind it: k[0] for m.k[0].
    private static string NameOf(DocumentPath path)
    {
        var last = path.Steps.Count - 1;
        while (path.Steps[last].Name is null)
        {
            last--;
        }

        return string.Concat(path.Steps.Skip(last));
    }
}
