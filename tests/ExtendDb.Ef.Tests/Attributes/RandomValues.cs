using System.Text;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Tests.Attributes;

/// <summary>Random values of all ten types, with the characters that escaping could lose.</summary>
internal static class RandomValues
{
    private static readonly string[] Fragments =
    [
        "", "a", "0", "1", "\0", "\u0001", "\u00010", "\u00011", "\u0001\u0001", "\\", "\\u0000", "\"", "\n", "\u007f",
        "\u0085", "\u2028", "é", "ß", "漢", "\uE000", "\uFFFD", "\uFFFF", "😀", "\U0010FFFF", "</script>", "{\"S\":\"x\"}",
    ];

    public static string Text(SeededRandom random, int fragments = 6)
    {
        var text = new StringBuilder();
        for (var i = random.Next(fragments + 1); i > 0; i--)
        {
            text.Append(random.OneOf(Fragments));
        }

        return text.ToString();
    }

    public static AttributeMap Map(SeededRandom random, int depth)
    {
        var map = new AttributeMap();
        for (var i = random.Next(6); i > 0; i--)
        {
            map = map.With(Text(random), Value(random, depth));
        }

        return map;
    }

    public static AttributeValue Value(SeededRandom random, int depth) => random.Next(depth > 0 ? 10 : 8) switch
    {
        0 => new AttributeValue.S(Text(random)),
        1 => new AttributeValue.N(RandomNumbers.Next(random).Parsed),
        2 => new AttributeValue.B(random.Bytes(random.Next(20))),
        3 => new AttributeValue.BOOL(random.Next(2) == 0),
        4 => new AttributeValue.NULL(),
        5 => new AttributeValue.SS(Several(random, () => Text(random)).Distinct(StringComparer.Ordinal)),
        6 => new AttributeValue.NS(Several(random, () => RandomNumbers.Next(random).Parsed).Distinct()),
        7 => new AttributeValue.BS(
            Several(random, () => random.Bytes(random.Next(4)))
                .DistinctBy(Convert.ToBase64String).Select(b => (ReadOnlyMemory<byte>)b)),
        8 => new AttributeValue.M(Map(random, depth - 1)),
        _ => new AttributeValue.L(Several(random, () => Value(random, depth - 1)).Skip(1)),
    };

    private static List<T> Several<T>(SeededRandom random, Func<T> make) =>
        [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => make())];
}
