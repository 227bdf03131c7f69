using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>Random key conditions, limits and directions find what a list in memory gives.</summary>
public class KeyConditionModelTests(OperationsFixture database, ITestOutputHelper output) : OperationsTests(database)
{
    private const int Queries = 60;

    public static TheoryData<string, string> Places
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var type in (string[])["S", "N", "B"])
            {
                data.Add(type, "table");
                data.Add(type, "Local");
                data.Add(type, "Global");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Query_finds_what_the_model_holds_in_its_order(string type, string where)
    {
        var random = SeededRandom.Printed(output);
        var (table, items) = await TableAsync(random, type);
        var (hash, sort) = where switch { "table" => ("P", "S"), "Local" => ("P", "L"), _ => ("G", "L") };

        for (var i = 0; i < Queries; i++)
        {
            var partition = random.Next(3) == 0 ? "x" : "h";
            var (text, values, holds) = Condition(random, type, sort);
            var expected = items
                .Where(item => item[hash].Equals((AttributeValue)partition) && item.ContainsKey(sort) && holds(item[sort]))
                .ToList();
            var forward = random.Next(2) == 0;

            var found = await Host.QueryAllAsync(new(table)
            {
                IndexName = where == "table" ? null : where,
                KeyConditionExpression = random.Next(3) switch
                {
                    0 => $"{hash} = :h AND {text}",
                    1 => $"{text} AND :h = {hash}",
                    _ => $"({hash} = :h) AND ({text})",
                },
                ExpressionAttributeValues = new AttributeMap(values.Append(KeyValuePair.Create(":h", (AttributeValue)partition))),
                ScanIndexForward = forward,
                Limit = random.Next(4) == 0 ? null : random.Next(1, 6),
            });

            found.Should().BeEquivalentTo(expected, "query {0} is {1} {2}", i, text, string.Join(' ', values));
            var keys = found.Select(item => item[sort]).ToList();
            keys.Zip(keys.Skip(1)).Should().NotContain(
                pair => forward ? Compare(pair.First, pair.Second) > 0 : Compare(pair.First, pair.Second) < 0);
        }
    }

    private static (string Text, List<KeyValuePair<string, AttributeValue>> Values, Func<AttributeValue, bool> Holds) Condition(
        Random random, string type, string sort)
    {
        var (a, b) = (Value(random, type), Value(random, type));
        if (Compare(a, b) > 0)
        {
            (a, b) = (b, a);
        }

        List<KeyValuePair<string, AttributeValue>> one = [KeyValuePair.Create(":a", a)];
        return random.Next(type == "N" ? 11 : 12) switch
        {
            0 => ($"{sort} = :a", one, v => Compare(v, a) == 0),
            1 => ($":a = {sort}", one, v => Compare(v, a) == 0),
            2 => ($"{sort} < :a", one, v => Compare(v, a) < 0),
            3 => ($":a > {sort}", one, v => Compare(v, a) < 0),
            4 => ($"{sort} <= :a", one, v => Compare(v, a) <= 0),
            5 => ($":a >= {sort}", one, v => Compare(v, a) <= 0),
            6 => ($"{sort} > :a", one, v => Compare(v, a) > 0),
            7 => ($":a < {sort}", one, v => Compare(v, a) > 0),
            8 => ($"{sort} >= :a", one, v => Compare(v, a) >= 0),
            9 => ($":a <= {sort}", one, v => Compare(v, a) >= 0),
            10 => (
                $"{sort} BETWEEN :a AND :b", [.. one, KeyValuePair.Create(":b", b)], v => Compare(v, a) >= 0 && Compare(v, b) <= 0),
            _ => ($"begins_with({sort}, :a)", one, v => Bytes(v).AsSpan().StartsWith(Bytes(a))),
        };
    }

    private static AttributeValue Value(Random random, string type) => type switch
    {
        "S" => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, "a", "b", "\0", "\uFFFF", "\U0010FFFF"))),
        "N" => DynamoNumber.Parse(Pick(
            random, "9.9999999999999999999999999999999999999E125", "-9.9999999999999999999999999999999999999E125", "1E-130", "-1E-130",
            "0", "-1", "1", "10", "1.5", "-1.5", "99", "100", "0.5", "12345678901234567890123456789012345678", $"{random.Next(-20, 20)}")),
        _ => (byte[])[.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick<byte>(random, 0, 1, 0x7F, 0x80, 0xFF))],
    };

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];

    private static byte[] Bytes(AttributeValue value) =>
        value is AttributeValue.S s ? System.Text.Encoding.UTF8.GetBytes(s.Value) : ((AttributeValue.B)value).Value.ToArray();

    private static int Compare(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (AttributeValue.N l, AttributeValue.N r) => l.Value.CompareTo(r.Value),
        _ => Bytes(left).AsSpan().SequenceCompareTo(Bytes(right)),
    };

    /// <summary>Makes a table with two partitions, many equal keys of the indexes, and items that are in no index.</summary>
    private async Task<(string Table, List<AttributeMap> Items)> TableAsync(Random random, string type)
    {
        var table = await Host.DefineAsync(OperationsTable.Of($"P:S S:{type}")
            .WithLocal("Local", $"P:S L:{type}").WithGlobal("Global", $"G:S L:{type}", delayMs: 0));
        var items = Enumerable.Range(0, 80)
            .Select(_ => new AttributeMap { ["P"] = Pick(random, "h", "h", "x"), ["S"] = Value(random, type) })
            .DistinctBy(item => (item["P"], item["S"]))
            .Select(item => item.With("G", Pick(random, "h", "x")))
            .Select(item => random.Next(5) == 0 ? item : item.With("L", Value(random, type)))
            .ToList();
        await using var context = Host.CreateContext();
        context.AddRange(items.Select(item => Item.Create(table, item)));
        await context.SaveChangesAsync();
        return (table.Name, items);
    }
}
