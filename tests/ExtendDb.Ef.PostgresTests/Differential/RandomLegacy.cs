using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>The older parameters, which stand for expressions.</summary>
internal sealed class RandomLegacy(RandomAttributes random, ComparedTable table)
{
    private static readonly ComparisonOperator[] Operators = Enum.GetValues<ComparisonOperator>();

    private static readonly ComparisonOperator[] OfRanges =
    [
        ComparisonOperator.EQ, ComparisonOperator.LT, ComparisonOperator.LE, ComparisonOperator.GT, ComparisonOperator.GE,
        ComparisonOperator.BETWEEN, ComparisonOperator.BEGINS_WITH,
    ];

    public IReadOnlyDictionary<string, ExpectedAttributeValue> Expected() =>
        Some(() => random.Chance(0.85) ? random.Name() : random.OneOf(table.Create.AttributeDefinitions).AttributeName, Expectation);

    public IReadOnlyDictionary<string, AttributeValueUpdate> Updates() =>
        Some(() => random.Chance(0.93) ? random.Name() : random.OneOf(table.Create.AttributeDefinitions).AttributeName, Update);

    public IReadOnlyDictionary<string, Condition> Filter(ComparedKey? notOf) => Some(
        () => random.Chance(0.9) ? random.Name() : random.OneOf(table.Create.AttributeDefinitions).AttributeName,
        Condition,
        name => notOf is null || random.Chance(0.1) || (name != notOf.Hash && name != notOf.Range));

    public IReadOnlyDictionary<string, Condition> KeyConditions(ComparedKey key)
    {
        var conditions = new Dictionary<string, Condition>
        {
            [key.Hash] = random.Chance(0.97)
                ? ExtendDb.Ef.Model.Condition.EqualTo(random.Key(table.TypeOf(key.Hash)))
                : Condition(),
        };
        if (key.Range is { } range && random.Chance(0.6))
        {
            var comparison = random.OneOf(OfRanges);
            var type = table.TypeOf(range);
            conditions[range] = random.Chance(0.05)
                ? Condition()
                : new(comparison, [.. Enumerable.Range(0, comparison == ComparisonOperator.BETWEEN ? 2 : 1).Select(_ => random.Key(type))]);
        }

        return conditions;
    }

    public IReadOnlyList<string> AttributesToGet() =>
        random.Several(() => random.Chance(0.8) ? random.Name() : random.OneOf(table.Create.AttributeDefinitions).AttributeName);

    public ConditionalOperator? Joined() =>
        random.Chance(0.2) ? random.OneOf(ConditionalOperator.AND, ConditionalOperator.OR) : null;

    private Condition Condition()
    {
        var comparison = random.OneOf(Operators);
        return new(comparison, Operands(comparison));
    }

    private List<AttributeValue> Operands(ComparisonOperator comparison)
    {
        var count = random.Chance(0.04) ? random.Below(4) : comparison switch
        {
            ComparisonOperator.NULL or ComparisonOperator.NOT_NULL => 0,
            ComparisonOperator.BETWEEN => 2,
            ComparisonOperator.IN => random.Below(3) + 1,
            _ => 1,
        };
        var comparable = comparison is not (ComparisonOperator.EQ or ComparisonOperator.NE) && random.Chance(0.9);
        var type = random.OneOf(AttributeType.S, AttributeType.N, AttributeType.B);
        return [.. Enumerable.Range(0, count).Select(_ => comparable ? random.Key(type) : random.Value(1))];
    }

    private ExpectedAttributeValue Expectation()
    {
        if (random.Chance(0.5))
        {
            var comparison = random.OneOf(Operators);
            return new()
            {
                ComparisonOperator = comparison,
                AttributeValueList = random.Chance(0.97) ? Operands(comparison) : null,
                Exists = random.Chance(0.02) ? random.Chance(0.5) : null,
                Value = random.Chance(0.02) ? random.Value() : null,
            };
        }

        return random.Below(3) switch
        {
            0 => new() { Exists = false, Value = random.Chance(0.03) ? random.Value() : null },
            1 => new() { Exists = true, Value = random.Chance(0.97) ? random.Value(1) : null },
            _ => new() { Value = random.Chance(0.97) ? random.Value(1) : null },
        };
    }

    private AttributeValueUpdate Update() => random.Below(5) switch
    {
        0 or 1 => new(random.Chance(0.97) ? AttributeAction.PUT : null, random.Chance(0.97) ? random.Value() : null),
        2 => new(AttributeAction.ADD, random.Chance(0.5) ? random.Number() : random.Chance(0.97) ? random.Value() : null),
        3 => new(AttributeAction.DELETE, random.Value()),
        _ => new(AttributeAction.DELETE),
    };

    private Dictionary<string, T> Some<T>(Func<string> name, Func<T> value, Func<string, bool>? fits = null)
    {
        var some = new Dictionary<string, T>();
        foreach (var one in random.Several(name).Where(fits ?? (_ => true)))
        {
            some[one] = value();
        }

        return some;
    }
}
