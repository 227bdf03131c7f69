using System.Text;
using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Tests.Attributes;

namespace ExtendDb.Ef.Tests.Expressions;

/// <summary>Random expressions, well-formed and broken, with random placeholders and items that their paths lead into.</summary>
internal static class RandomExpressions
{
    public static readonly string[] Kinds =
    [
        "ConditionExpression", "FilterExpression", "KeyConditionExpression", "UpdateExpression", "ProjectionExpression",
    ];

    private static readonly string[] Tokens =
    [
        "a", "b", "c", "status", "#a", "#b", "#q", ":n", ":s", ":l", ":x", ":y", ":q", "0", "1", "01", "2147483648", "(", ")",
        "[", "]", ".", ",", "=", "<>", "<", "<=", ">", ">=", "+", "-", " ", "\t", "\n", "AND", "or", "Not", "BETWEEN", "in",
        "SET", "remove", "ADD", "DELETE", "size", "contains", "begins_with", "attribute_type", "attribute_exists",
        "attribute_not_exists", "if_not_exists", "list_append", "foo", "!", "_", "\"", "'", "*", ":", "#", "é", "日", "😀",
        "\ud83d", "\0", "\u00a0",
    ];

    private static readonly string[] Functions =
        ["attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"];

    /// <summary>Makes a well-formed text, breaks one, or strings tokens together.</summary>
    public static string Any(SeededRandom random, string kind) => random.Next(4) switch
    {
        0 => string.Join(random.OneOf("", " "), Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.OneOf(Tokens))),
        1 => RandomValues.Text(random, 20),
        2 => Nested(random, kind),
        _ => Broken(random, WellFormed(random, kind)),
    };

    public static string WellFormed(SeededRandom random, string kind) => kind switch
    {
        "UpdateExpression" => Update(random),
        "ProjectionExpression" => Several(random, () => Path(random)),
        "KeyConditionExpression" => KeyCondition(random),
        _ => Condition(random, 3),
    };

    public static Placeholders Placeholders(SeededRandom random) => new(
        new Dictionary<string, string> { ["#a"] = random.OneOf("a", "[0]", "a.b"), ["#b"] = random.OneOf("b", "c", "é") },
        new Dictionary<string, AttributeValue>
        {
            [":n"] = RandomNumbers.Next(random).Parsed,
            [":s"] = RandomValues.Text(random),
            [":l"] = new AttributeValue.L(1, "x"),
            [":x"] = RandomValues.Value(random, 2),
            [":y"] = RandomValues.Value(random, 2),
            [":type"] = random.OneOf("S", "N", "NULL", "SS"),
        });

    /// <summary>Makes an item of which a, b and c are there more often than not, as maps and lists into which paths lead.</summary>
    public static AttributeMap Item(SeededRandom random)
    {
        var item = new AttributeMap();
        foreach (var name in new[] { "a", "b", "c" })
        {
            if (random.Next(4) > 0)
            {
                item = item.With(name, Value(random, 3));
            }
        }

        return item;
    }

    private static AttributeValue Value(SeededRandom random, int depth) => random.Next(depth > 0 ? 4 : 2) switch
    {
        0 => RandomValues.Value(random, 1),
        1 => RandomNumbers.Next(random).Parsed,
        2 => new AttributeMap { ["a"] = Value(random, depth - 1), ["b"] = Value(random, depth - 1) },
        _ => new AttributeValue.L(Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)).ToList()),
    };

    private static string Nested(SeededRandom random, string kind)
    {
        var depth = random.Next(1, 400);
        var (open, close) = random.OneOf(("(", ")"), ("NOT (", ")"), ("NOT ", ""), ("size(", ")"), ("list_append(:l,", ")"), ("a.", ""));
        var inner = string.Concat(Enumerable.Repeat(open, depth)) + "a" + string.Concat(Enumerable.Repeat(close, depth));
        return kind == "UpdateExpression" ? "SET c = " + inner : inner + random.OneOf("", " = :n");
    }

    private static string Broken(SeededRandom random, string text)
    {
        var broken = new StringBuilder(text);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(broken.Length + 1);
            switch (random.Next(3))
            {
                case 0:
                    broken.Insert(at, random.OneOf(Tokens));
                    break;
                case 1:
                    broken.Remove(at, Math.Min(random.Next(4), broken.Length - at));
                    break;
                default:
                    broken.Length = at;
                    break;
            }
        }

        return broken.ToString();
    }

    private static string Several(SeededRandom random, Func<string> make) =>
        string.Join(random.OneOf(",", ", "), Enumerable.Range(0, random.Next(1, 4)).Select(_ => make()));

    private static string Path(SeededRandom random)
    {
        var path = random.OneOf("a", "b", "c", "#a", "#b", "missing");
        while (random.Next(3) == 0)
        {
            path += random.OneOf(".a", ".b", ".#b", "[0]", "[1]", "[2]", "[9]");
        }

        return path;
    }

    private static string Literal(SeededRandom random) => random.OneOf(":n", ":s", ":l", ":x", ":y");

    private static string Operand(SeededRandom random, int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        < 3 => Path(random),
        < 6 => Literal(random),
        6 => $"size({Path(random)})",
        _ => $"({Operand(random, 0)})",
    };

    private static string Condition(SeededRandom random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        < 2 => Operand(random, depth) + random.OneOf(" = ", "<>", " < ", "<=", " > ", ">=") + Operand(random, depth),
        2 => $"{Path(random)} BETWEEN {Operand(random, depth)} AND {Operand(random, depth)}",
        3 => $"{Path(random)} IN ({Several(random, () => Operand(random, depth))})",
        4 => random.OneOf("attribute_exists(", "attribute_not_exists(") + Path(random) + ")",
        5 => random.OneOf(
            $"begins_with({Path(random)}, :s)", $"contains({Path(random)}, :x)", $"attribute_type({Path(random)}, :type)",
            $"{random.OneOf(Functions)}({Several(random, () => Operand(random, depth))})"),
        6 => $"NOT {Condition(random, depth - 1)}",
        7 => $"({Condition(random, depth - 1)}) AND {Condition(random, depth - 1)}",
        _ => $"{Condition(random, depth - 1)} or {Condition(random, depth - 1)}",
    };

    private static string KeyCondition(SeededRandom random)
    {
        var (hash, range) = random.OneOf(("a", "b"), ("#a", "c"), ("b", "#a"));
        return $"{hash} = :n" + random.OneOf(
            "", $" AND {range} > :s", $" AND :n <= {range}", $" AND begins_with({range}, :s)",
            $" AND {range} BETWEEN :n AND :n", $" AND {range} = :x", $" AND {Condition(random, 0)}");
    }

    private static string Update(SeededRandom random)
    {
        var clauses = new List<string>();
        if (random.Next(3) > 0)
        {
            clauses.Add("SET " + Several(random, () => $"{Path(random)} = {RightSide(random)}"));
        }

        if (random.Next(3) == 0)
        {
            clauses.Add("REMOVE " + Several(random, () => Path(random)));
        }

        if (random.Next(3) == 0)
        {
            clauses.Add("ADD " + Several(random, () => $"{Path(random)} {random.OneOf(":n", ":x")}"));
        }

        if (clauses.Count == 0 || random.Next(4) == 0)
        {
            clauses.Add($"DELETE {Path(random)} {random.OneOf(":x", ":y")}");
        }

        return string.Join(' ', clauses);
    }

    private static string RightSide(SeededRandom random) => random.Next(6) switch
    {
        0 => Path(random),
        1 => Literal(random),
        2 => $"{random.OneOf(Path(random), ":n")} {random.OneOf("+", "-")} {random.OneOf(Path(random), ":n")}",
        3 => $"if_not_exists({Path(random)}, {Literal(random)})",
        4 => $"list_append({Path(random)}, :l)",
        _ => $"(list_append(:l, if_not_exists({Path(random)}, :l)))",
    };
}
