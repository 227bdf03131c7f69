using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>One of the alternatives of a WHERE: conditions on the key, and others, all of which hold.</summary>
/// <param name="OnKey">The conditions on the key that a Query can have; at least one is an equality on the partition key.</param>
/// <param name="Filters">The other conditions.</param>
internal sealed record WhereBranch(IReadOnlyList<KeyCondition> OnKey, IReadOnlyList<Predicate> Filters)
{
    public const int MostReads = 50;

    /// <summary>Returns the alternatives of a WHERE; null when one of them does not name a partition.</summary>
    /// <exception cref="ValidationException">There are more alternatives than DynamoDB reads for a statement.</exception>
    public static IReadOnlyList<WhereBranch>? Of(KeySchema key, Predicate? where) =>
        where is not null && NamesPartition(key, where) ? Expanded(key, where) : null;

    /// <summary>Returns whether the branch has a condition on the sort key that no range can express.</summary>
    public bool HasFilterOn(KeyAttribute? sortKey) =>
        sortKey is not null && Filters.Any(filter => filter.Paths.Any(path => path.Attribute == sortKey.Name));

    /// <summary>Returns the values to which the branch sets an attribute of the key equal, each once.</summary>
    public List<AttributeValue> ValuesOf(KeyAttribute part) =>
    [
        .. OnKey.Where(condition => condition.Attribute == part.Name && condition.Is.ComparisonOperator == ComparisonOperator.EQ)
            .Select(condition => condition.Is.AttributeValueList[0])
            .Distinct(),
    ];

    /// <summary>Returns an attribute of the key that the branch compares with a value of another type; null for none.</summary>
    public KeyAttribute? MistypedPart(KeySchema key) => key.Attributes.FirstOrDefault(part => OnKey.Any(condition =>
        condition.Attribute == part.Name && condition.Is.AttributeValueList.Any(value => value.Type != part.Type)));

    /// <summary>Returns the range of sort keys that fulfil all conditions.</summary>
    /// <exception cref="ValidationException">A value is empty or too long for a key.</exception>
    public SortKeyRange RangeOf(KeySchema key)
    {
        var range = SortKeyRange.All;
        foreach (var condition in OnKey)
        {
            var part = key.Attributes.First(attribute => attribute.Name == condition.Attribute);
            foreach (var value in condition.Is.AttributeValueList)
            {
                key.CheckValue(part, value);
            }

            if (part.Name == key.Range?.Name)
            {
                range = range.Intersect(SortKeyRange.Of(condition.Is, before: [], isLast: true));
            }
        }

        return range;
    }

    private static bool NamesPartition(KeySchema key, Predicate where) => where switch
    {
        Predicate.And all => NamesPartition(key, all.Left) || NamesPartition(key, all.Right),
        Predicate.Or either => NamesPartition(key, either.Left) && NamesPartition(key, either.Right),
        _ => ConditionsOf(key, where) is { } conditions && conditions[0].Attribute == key.Hash.Name,
    };

    private static List<WhereBranch> Expanded(KeySchema key, Predicate where)
    {
        switch (where)
        {
            case Predicate.And all:
                var (left, right) = (Expanded(key, all.Left), Expanded(key, all.Right));
                CheckCount((long)left.Count * right.Count);
                return
                [
                    .. left.SelectMany(one => right.Select(
                        two => new WhereBranch([.. one.OnKey, .. two.OnKey], [.. one.Filters, .. two.Filters]))),
                ];
            case Predicate.Or either when HasKeyCondition(key, either):
                List<WhereBranch> both = [.. Expanded(key, either.Left), .. Expanded(key, either.Right)];
                CheckCount(both.Count);
                return both;
            default:
                var conditions = ConditionsOf(key, where);
                CheckCount(conditions?.Count ?? 1);
                return conditions is null ? [new([], [where])] : conditions.ConvertAll(condition => new WhereBranch([condition], []));
        }
    }

    private static bool HasKeyCondition(KeySchema key, Predicate where) => where switch
    {
        Predicate.And all => HasKeyCondition(key, all.Left) || HasKeyCondition(key, all.Right),
        Predicate.Or either => HasKeyCondition(key, either.Left) || HasKeyCondition(key, either.Right),
        _ => ConditionsOf(key, where) is not null,
    };

    /// <summary>Returns the alternative conditions on the key that a condition is; null when it is none.</summary>
    private static List<KeyCondition>? ConditionsOf(KeySchema key, Predicate where)
    {
        switch (where)
        {
            case Predicate.Comparison { Left: Operand.Literal } flipped when flipped.Operator != "<>":
                return One(key, flipped.Right, KeyConditionReader.OperatorOf(KeyConditionReader.Flipped(flipped.Operator)), flipped.Left);
            case Predicate.Comparison comparison when comparison.Operator != "<>":
                return One(key, comparison.Left, KeyConditionReader.OperatorOf(comparison.Operator), comparison.Right);
            case Predicate.Between between:
                return One(key, between.Value, ComparisonOperator.BETWEEN, between.Low, between.High);
            case Predicate.BeginsWith prefix:
                return One(key, prefix.Of, ComparisonOperator.BEGINS_WITH, prefix.Prefix);
            case Predicate.In within:
                var each = within.Candidates.Select(value => One(key, within.Value, ComparisonOperator.EQ, value)).ToList();
                return each.Contains(null) ? null : each.ConvertAll(condition => condition![0]);
            default:
                return null;
        }
    }

    private static List<KeyCondition>? One(
        KeySchema key, Operand attribute, ComparisonOperator comparison, params IReadOnlyList<Operand> values)
    {
        if (attribute is not Operand.OfPath { Path: { Steps.Count: 1, Attribute: var name } }
            || !values.All(value => value is Operand.Literal))
        {
            return null;
        }

        // Only equality names a partition.
        return name == key.Range?.Name || (name == key.Hash.Name && comparison == ComparisonOperator.EQ)
            ? [new(name, new(comparison, [.. values.Cast<Operand.Literal>().Select(value => value.Value)]))]
            : null;
    }

    private static void CheckCount(long branches)
    {
        if (branches > MostReads)
        {
            throw new ValidationException("Too many decomposed read operations for a given query.");
        }
    }
}
