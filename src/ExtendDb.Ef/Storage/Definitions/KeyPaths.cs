using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Storage.Definitions;

/// <summary>Checks that no document path goes into a key attribute, which is a scalar.</summary>
internal static class KeyPaths
{
    /// <summary>Refuses paths into attributes of the keys of a table or of its indexes.</summary>
    /// <exception cref="ValidationException">A path goes into a key attribute.</exception>
    public static void Check(TableDefinition table, IReadOnlyList<DocumentPath>? paths)
    {
        foreach (var path in paths ?? [])
        {
            if (path.Steps.Count == 1)
            {
                continue;
            }

            var key = table.KeySchema.Contains(path.Attribute) ? "Key"
                : table.Indexes.Any(index => index.KeySchema.Contains(path.Attribute)) ? "IndexKey" : null;
            if (key is not null)
            {
                throw new ValidationException(
                    "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                    + $"{key}: {path.Attribute}");
            }
        }
    }
}
