using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Expressions.Legacy;

/// <summary>Converts AttributesToGet to the projection that a ProjectionExpression is parsed to.</summary>
internal static class AttributesToGetParameter
{
    /// <summary>Returns the projection on some attributes; null for none.</summary>
    /// <exception cref="ValidationException">A name is given twice, or no attribute can have it.</exception>
    public static DocumentProjection? Of(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return null;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            AttributeRules.CheckName(name);
            if (!seen.Add(name))
            {
                throw ValidationException.InvalidParameter($"Duplicate value in attribute name: {name}");
            }
        }

        return new([.. names.Select(name => new DocumentPath(new PathStep(name)))]);
    }
}
