using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Writes the expressions of one request, with the placeholders that they use; some are wrong in one place.</summary>
internal sealed class RandomExpressions(RandomAttributes random, ComparedTable table)
{
    private static readonly string[] Operators = ["=", "<>", "<", "<=", ">", ">="];

    private static readonly string[] Junk =
    [
        "(", ")", ",", "=", "AND", "set", "remove", ":", "#", "[0]", "[1.5]", ".k", "size", "foo(a)", "status", "'x'", "1", "_a",
        ":undefined", "#undefined", "é", "<>", "NOT", "a[99999999999]", "+", "-", "between", " ", "\f",
    ];

    private static readonly string[] TypeNames = ["S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M", "X", ""];

    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, AttributeValue> _values = [];

    public IReadOnlyDictionary<string, string>? Names =>
        Spoilt(_names, () => _names["#unused"] = "a") is { Count: > 0 } names ? names : null;

    public IReadOnlyDictionary<string, AttributeValue>? Values =>
        Spoilt(_values, () => _values[":unused"] = random.Value()) is { Count: > 0 } values ? values : null;

    public string Condition() => MaybeWrong(Conditions(2));

    public string Filter(ComparedKey key) => MaybeWrong(random.Chance(0.95) ? Conditions(2, key) : Conditions(2));

    public string Projection() => MaybeWrong(string.Join(random.OneOf(", ", ",", " , "), random.Several(Path)));

    public string Update()
    {
        var clauses = new List<string>();
        foreach (var keyword in new[] { "SET", "REMOVE", "ADD", "DELETE" })
        {
            if (random.Chance(keyword == "SET" ? 0.6 : 0.3))
            {
                clauses.Add(keyword + " " + string.Join(", ", random.Several(() => Action(keyword))));
            }
        }

        return MaybeWrong(clauses.Count > 0 ? string.Join(" ", clauses) : "SET " + Action("SET"));
    }

    public string KeyCondition(ComparedKey key)
    {
        var text = $"{Alias(key.Hash)} = {ValueOf(random.Key(table.TypeOf(key.Hash)))}";
        if (key.Range is { } range && random.Chance(0.6))
        {
            var ranged = RangeCondition(range, table.TypeOf(range));
            text = random.Chance(0.8) ? $"{text} AND {ranged}" : $"{ranged} and {text}";
        }

        return random.Chance(0.03) ? MaybeWrong(Conditions(1)) : MaybeWrong(text);
    }

    private string RangeCondition(string range, AttributeType type)
    {
        var name = Alias(range);
        var value = ValueOf(random.Chance(0.97) ? random.Key(type) : random.Value());
        return random.Below(4) switch
        {
            0 => $"{name} BETWEEN {value} AND {ValueOf(random.Key(type))}",
            1 when type != AttributeType.N || random.Chance(0.2) => $"begins_with({name}, {value})",
            _ => $"{name} {random.OneOf("=", "<", "<=", ">", ">=")} {value}",
        };
    }

    private string Conditions(int depth, ComparedKey? notOf = null) => random.Below(depth > 0 ? 10 : 6) switch
    {
        6 => $"{Conditions(depth - 1, notOf)} AND {Conditions(depth - 1, notOf)}",
        7 => $"{Conditions(depth - 1, notOf)} or {Conditions(depth - 1, notOf)}",
        8 => $"NOT {Conditions(depth - 1, notOf)}",
        9 => $"({Conditions(depth - 1, notOf)})",
        _ => Comparison(notOf),
    };

    private string Comparison(ComparedKey? notOf) => random.Below(9) switch
    {
        0 => $"attribute_exists({PathOff(notOf)})",
        1 => $"attribute_not_exists({PathOff(notOf)})",
        2 => $"attribute_type({PathOff(notOf)}, {ValueOf(random.Chance(0.95) ? random.OneOf(TypeNames) : random.Value())})",
        3 => $"begins_with({PathOff(notOf)}, {ValueOf(random.Value(0))})",
        4 => $"contains({PathOff(notOf)}, {(random.Chance(0.8) ? ValueOf(random.Value(1)) : PathOff(notOf))})",
        5 => $"{PathOff(notOf)} IN ({string.Join(", ", random.Several(() => Operand(notOf)))})",
        6 => $"{Operand(notOf)} BETWEEN {Operand(notOf)} AND {Operand(notOf)}",
        _ => $"{Operand(notOf)} {random.OneOf(Operators)} {Operand(notOf)}",
    };

    private string Operand(ComparedKey? notOf) => random.Below(8) switch
    {
        < 4 => PathOff(notOf),
        4 => $"size({PathOff(notOf)})",
        _ => ValueOf(random.Value(1)),
    };

    private string Action(string keyword) => keyword switch
    {
        "REMOVE" => Path(),
        "ADD" => $"{Path()} {ValueOf(random.Chance(0.8) ? random.OneOf<AttributeValue>(random.Number(), random.Number(), Set()) : random.Value())}",
        "DELETE" => $"{Path()} {ValueOf(random.Chance(0.85) ? Set() : random.Value())}",
        _ => random.Below(6) switch
        {
            0 => $"{Path()} = {Addend()} {random.OneOf("+", "-")} {Addend()}",
            1 => $"{Path()} = list_append({ListOperand()}, {ListOperand()})",
            _ => $"{Path()} = {RightHand()}",
        },
    };

    private string RightHand() => random.Below(5) switch
    {
        0 => Path(),
        1 => $"if_not_exists({Path()}, {(random.Chance(0.7) ? ValueOf(random.Value()) : Path())})",
        _ => ValueOf(random.Value()),
    };

    private string Addend() => random.Below(5) switch
    {
        0 or 1 => Path(),
        2 => $"if_not_exists({Path()}, {ValueOf(random.Number())})",
        _ => ValueOf(random.Chance(0.95) ? random.Number() : random.Value()),
    };

    private string ListOperand() => random.Below(4) switch
    {
        0 or 1 => Path(),
        2 => $"if_not_exists({Path()}, {ValueOf(new AttributeValue.L(random.Value(0)))})",
        _ => ValueOf(random.Chance(0.9) ? new AttributeValue.L(random.Several(() => random.Value(0))) : random.Value()),
    };

    private AttributeValue Set() => random.Below(3) switch
    {
        0 => new AttributeValue.SS(random.Several(random.Text).Distinct()),
        1 => new AttributeValue.NS(random.Several(random.Number).Distinct()),
        _ => new AttributeValue.BS(random.Several(random.Bytes)
            .DistinctBy(Convert.ToBase64String).Select(b => (ReadOnlyMemory<byte>)b)),
    };

    private string Path() => PathOff(null);

    private string PathOff(ComparedKey? key)
    {
        var name = random.Chance(0.85)
            ? random.Name()
            : random.OneOf(table.Create.AttributeDefinitions).AttributeName;
        if (key is not null && (name == key.Hash || name == key.Range))
        {
            name = random.Name();
        }

        var path = Alias(name);
        while (random.Chance(0.25))
        {
            path += random.Chance(0.5) ? $"[{random.OneOf(0, 0, 1, 2, 5)}]" : "." + Alias(random.Member());
        }

        return path;
    }

    private string Alias(string name)
    {
        if (name is not ("status" or "x.y" or "size") && random.Chance(0.8))
        {
            return name;
        }

        if (name is "status" or "size" && random.Chance(0.02))
        {
            return name;
        }

        var alias = "#n" + (_names.FirstOrDefault(n => n.Value == name).Key?[2..] ?? $"{_names.Count}");
        _names[alias] = name;
        return alias;
    }

    private string ValueOf(AttributeValue value)
    {
        var alias = $":v{_values.Count}";
        _values[alias] = value;
        return alias;
    }

    private string MaybeWrong(string text)
    {
        if (random.Chance(0.93))
        {
            return text;
        }

        var at = random.Below(text.Length + 1);
        var until = Math.Min(text.Length, at + random.Below(4));
        return random.Below(4) switch
        {
            0 => text[..at] + random.OneOf(Junk) + text[at..],
            1 => text[..at] + text[until..],
            2 => $"({text})",
            _ => string.Join(" ", text.Split(' ').Select(word => random.Chance(0.2) ? random.OneOf(Junk) : word)),
        };
    }

    private T Spoilt<T>(T placeholders, Action spoil)
    {
        if (random.Chance(0.015))
        {
            spoil();
        }

        return placeholders;
    }
}
