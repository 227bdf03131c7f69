using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.PostgresTests.Differential;

/// <summary>Attributes from few names and few values, so that requests meet what is stored.</summary>
internal sealed class RandomAttributes(Random random)
{
    /// <summary>The names off the keys; two of them can only be written by a placeholder.</summary>
    public static readonly string[] Names = ["a", "b", "c", "d", "m", "li", "st", "status", "x.y"];

    private static readonly string[] Texts = ["", "a", "ab", "abc", "b", "B", "é", "漢", "😀", "z", "\u0001", "\0", "\uFFFF"];

    private static readonly string[] Numbers =
    [
        "0", "1", "-1", "2", "10", "0.5", "-0.5", "3.14", "1e125", "-1e125", "1e-130", "-1e-130",
        "99999999999999999999999999999999999999", "0.00000000000000000000000000000000000001", "1.0000000000000000000000000000000000001",
        "9.9999999999999999999999999999999999999e125", "9999999999",
    ];

    private static readonly string[] Members = ["k", "l", "a", "size"];

    public T OneOf<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public bool Chance(double probability) => random.NextDouble() < probability;

    public int Below(int limit) => random.Next(limit);

    public string Name() => OneOf(Names);

    public string Member() => OneOf(Members);

    public string Text() => OneOf(Texts);

    public DynamoNumber Number() => DynamoNumber.Parse(OneOf(Numbers));

    public byte[] Bytes() => OneOf<byte[]>([], [0], [1], [1, 2], [127], [128], [255], [255, 255], [1, 2, 3]);

    public AttributeValue Key(AttributeType type) => type switch
    {
        AttributeType.S => Chance(0.02) ? Text() : OneOf("a", "ab", "abc", "b", "é", "😀", "\uFFFF"),
        AttributeType.N => Chance(0.3) ? Number() : OneOf("0", "1", "2", "-1", "10").AsNumber(),
        _ => Chance(0.02) ? Bytes() : OneOf<byte[]>([0], [1], [1, 2], [128], [255]),
    };

    public AttributeMap KeyOf(ComparedTable table)
    {
        var key = new AttributeMap(table.Primary.Schema.Select(e =>
            KeyValuePair.Create(e.AttributeName, Key(table.TypeOf(e.AttributeName)))));
        return Chance(0.97) ? key : Broken(key, table);
    }

    public AttributeMap Item(ComparedTable table)
    {
        var item = KeyOf(table);
        foreach (var definition in table.Create.AttributeDefinitions)
        {
            if (!item.ContainsKey(definition.AttributeName) && Chance(0.6))
            {
                item = item.With(
                    definition.AttributeName, Chance(0.97) ? Key(definition.AttributeType) : Value());
            }
        }

        for (var i = Below(6); i > 0; i--)
        {
            item = item.With(Name(), Value());
        }

        return item;
    }

    public AttributeValue Value(int depth = 2) => Chance(0.003) ? Deep() : Below(depth > 0 ? 14 : 8) switch
    {
        0 or 8 => Text(),
        1 or 9 => Number(),
        2 => Bytes(),
        3 => Chance(0.5),
        4 => new AttributeValue.NULL(),
        5 => new AttributeValue.SS(Several(Text).Distinct()),
        6 => new AttributeValue.NS(Several(Number).Distinct()),
        7 => new AttributeValue.BS(Several(Bytes).DistinctBy(Convert.ToBase64String).Select(b => (ReadOnlyMemory<byte>)b)),
        10 or 11 => new AttributeValue.L(Several(() => Value(depth - 1)).Skip(1)),
        _ => new AttributeValue.M(new AttributeMap(
            Several(Member).Distinct().Skip(Below(2)).Select(name => KeyValuePair.Create(name, Value(depth - 1))))),
    };

    /// <summary>Makes a value with about as many levels as there may be.</summary>
    private AttributeValue Deep() => Nested.Of(
        Below(4) + 30, value => Chance(0.5) ? new AttributeValue.L(value) : new AttributeMap { [Member()] = value });

    public List<T> Several<T>(Func<T> make) => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => make())];

    private AttributeMap Broken(AttributeMap key, ComparedTable table)
    {
        var attribute = OneOf(table.Primary.Schema).AttributeName;
        return Below(5) switch
        {
            0 => key.Without(attribute),
            1 => key.With(Name(), Value()),
            2 => key.With(attribute, new StringBuilder().Insert(0, "é", 1025).ToString()),
            3 => key.With(attribute, new byte[random.Next(1000, 2100)]),
            _ => key.With(attribute, Value()),
        };
    }
}

internal static class NumberText
{
    public static AttributeValue AsNumber(this string text) => DynamoNumber.Parse(text);
}
