using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>The primary key that the WHERE of a write names by equality.</summary>
/// <param name="Key">The attributes of the key; not complete when there is a refusal.</param>
/// <param name="Refusal">Why the WHERE does not name one item; null when it does.</param>
/// <param name="IsAll">Whether the WHERE has no other condition.</param>
internal sealed record SingleItemKey(AttributeMap Key, string? Refusal, bool IsAll)
{
    /// <summary>Reads the key of an UPDATE or a DELETE.</summary>
    public static SingleItemKey Of(KeySchema key, ItemCondition? where)
    {
        var equalities = new List<(KeyAttribute Part, AttributeValue Value)>();
        var isAll = Collect(key, where?.Predicate, equalities);
        AttributeMap named = [.. equalities.DistinctBy(equality => equality.Part).Select(e => KeyValuePair.Create(e.Part.Name, e.Value))];
        return new(named, RefusalOf(key, equalities), isAll);
    }

    /// <summary>
    /// Reads the key of an EXISTS, for which the first value of each attribute counts; null when it names no item or has no
    /// other condition.
    /// </summary>
    public static AttributeMap? OfCondition(KeySchema key, ItemCondition? where)
    {
        var equalities = new List<(KeyAttribute Part, AttributeValue Value)>();
        var isAll = Collect(key, where?.Predicate, equalities) && equalities.Count == key.Attributes.Count;
        AttributeMap named = [.. equalities.DistinctBy(equality => equality.Part).Select(e => KeyValuePair.Create(e.Part.Name, e.Value))];
        return named.Count == key.Attributes.Count && !isAll ? named : null;
    }

    /// <summary>Reads the key of a SELECT that may have no other condition; null when it names no single item.</summary>
    public static AttributeMap? OfRead(KeySchema key, IReadOnlyList<WhereBranch>? branches)
    {
        if (branches is not [{ Filters.Count: 0 } branch]
            || branch.OnKey.Any(condition => condition.Is.ComparisonOperator != ComparisonOperator.EQ))
        {
            return null;
        }

        var values = key.Attributes.Select(part => (part.Name, Values: branch.ValuesOf(part))).ToList();
        return values.TrueForAll(part => part.Values.Count == 1)
            ? [.. values.Select(part => KeyValuePair.Create(part.Name, part.Values[0]))]
            : null;
    }

    private static string? RefusalOf(KeySchema key, List<(KeyAttribute Part, AttributeValue Value)> equalities)
    {
        foreach (var part in key.Attributes)
        {
            var values = equalities.Where(equality => equality.Part == part).Select(equality => equality.Value).Distinct().ToList();
            if (values.Count == 0)
            {
                return "Where clause does not contain a mandatory equality on all key attributes";
            }

            if (values.Count > 1)
            {
                return $"Multiple conditions on same key {part.Name}. Only single item Update/Insert/Delete are supported";
            }

            if (values[0].Type != part.Type)
            {
                return $"Key attribute's data type should match its data type in table's schema: Key {part.Name}";
            }
        }

        return null;
    }

    /// <summary>Collects equalities on the key, and returns whether there is nothing else.</summary>
    private static bool Collect(KeySchema key, Predicate? where, List<(KeyAttribute Part, AttributeValue Value)> equalities)
    {
        switch (where)
        {
            case null:
                return true;
            case Predicate.And and:
                // Both sides are collected.
                return Collect(key, and.Left, equalities) & Collect(key, and.Right, equalities);
            case Predicate.Comparison { Operator: "=" } equality:
                var (path, value) = equality.Left is Operand.Literal
                    ? (equality.Right, equality.Left)
                    : (equality.Left, equality.Right);
                if (path is Operand.OfPath { Path: { Steps.Count: 1, Attribute: var name } }
                    && value is Operand.Literal literal
                    && key.Attributes.FirstOrDefault(part => part.Name == name) is { } found)
                {
                    equalities.Add((found, literal.Value));
                    return true;
                }

                return false;
            default:
                return false;
        }
    }
}
