using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Tests.Attributes;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Keys;

/// <summary>Keys of several attributes, beside a comparison of the tuples of their values.</summary>
public sealed class MultiAttributeKeyTests(ITestOutputHelper output)
{
    private static readonly AttributeType[] Types = [AttributeType.S, AttributeType.N, AttributeType.B];

    public static TheoryData<string> Schemas() =>
        [.. from length in new[] { 2, 3, 4 } from types in Combinations(length) select types];

    [Theory, MemberData(nameof(Schemas))]
    public void Order_of_the_encoded_bytes_is_the_order_of_the_tuples(string types)
    {
        var random = SeededRandom.Printed(output);
        var tuples = Tuples(random, types, 120);

        var wrong =
            from left in tuples
            from right in tuples
            where Math.Sign(SortKeyEncoding.Encode(left).AsSpan().SequenceCompareTo(SortKeyEncoding.Encode(right)))
                != Math.Sign(Compare(left, right, types.Length))
            select (Show(left), Show(right));

        wrong.Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Schemas))]
    public void Range_holds_exactly_the_tuples_that_fulfil_the_conditions(string types)
    {
        var random = SeededRandom.Printed(output);
        var tuples = Tuples(random, types, 120);
        var key = Schema(types);
        var queries = Enumerable.Range(0, 150).Select(_ => RandomQuery(random, types, tuples)).ToList();

        var wrong =
            from query in queries
            let range = KeyConditionRules.Read(key, [new("h", Condition.EqualTo("h")), .. query]).Range
            from tuple in tuples
            where range.Contains(SortKeyEncoding.Encode(tuple)) != Fulfils(tuple, query)
            select (string.Join(" AND ", query.Select(ShowCondition)), Show(tuple));

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void Number_is_not_found_by_one_of_which_it_is_the_beginning()
    {
        var key = Schema("NS");
        AttributeValue[][] tuples = [[1, "z"], [1.05m, "a"], [1, "a"], [-1, "a"], [0, "a"]];

        var sorted = tuples.OrderBy(tuple => SortKeyEncoding.Encode(tuple), Bytes).Select(Show);
        var range = KeyConditionRules.Read(
            key, [new("h", Condition.EqualTo("h")), new("r0", Condition.EqualTo(1))]).Range;

        sorted.Should().Equal("-1 a", "0 a", "1 a", "1 z", "1.05 a");
        tuples.Where(tuple => range.Contains(SortKeyEncoding.Encode(tuple))).Select(Show).Should().Equal("1 z", "1 a");
    }

    [Fact]
    public void Longest_sort_key_is_no_longer_than_the_bound_and_below_the_end_of_all()
    {
        var key = Schema("BBBB");
        AttributeValue[] tuple =
            [.. new[] { 1021, 1, 1, 1 }.Select(length => (AttributeValue)Enumerable.Repeat((byte)0xFF, length).ToArray())];

        var encoded = SortKeyEncoding.Encode(tuple);

        encoded.Length.Should().BeLessThanOrEqualTo(SortKeyEncoding.MaxLength);
        SortKeyRange.All.Contains(encoded).Should().BeTrue();
        key.TryOfIndexed(Item(tuple), out _).Should().BeTrue();
    }

    [Fact]
    public void Hash_of_several_values_knows_where_each_of_them_ends()
    {
        AttributeValue[][] tuples = [["a", "bc"], ["ab", "c"], ["abc", ""], ["", "abc"], ["a", "b"]];

        var hashes = tuples.Select(tuple => PartitionHash.Of(tuple)).ToList();

        hashes.Should().OnlyHaveUniqueItems();
        // SELECT encode(substring(sha256(int4send(1) || 'a' || int4send(2) || 'bc'), 1, 16), 'hex')::uuid
        hashes[0].Should().Be(Guid.Parse("b534ce16-ac9c-8b36-823f-39a395ce8e0e"));
    }

    [Fact]
    public void One_attribute_of_each_part_is_stored_as_ever()
    {
        var several = new KeySchema([new("p", AttributeType.S)], [new("c", AttributeType.N)]);
        var item = new AttributeMap { ["p"] = "a", ["c"] = 12 };

        var key = several.OfItem(item);

        key.Should().Be(new ItemKey(PartitionHash.Of("a"), SortKeyEncoding.Encode((AttributeValue)12)));
    }

    [Theory]
    [InlineData(1000, 1049, 1, "Aggregate size for HASH key attributes a, b of index byAll has exceeded limit 2048 bytes, with actual size 2049 bytes")]
    [InlineData(1000, 1048, 1025, "One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes")]
    [InlineData(1000, 1048, 1024, "Aggregate size for RANGE key attributes r, s of index byAll has exceeded limit 1024 bytes, with actual size 1025 bytes")]
    public void Values_that_are_too_long_together_are_refused(int a, int b, int r, string message)
    {
        var key = new KeySchema(
            [new("a", AttributeType.S), new("b", AttributeType.B)], [new("r", AttributeType.S), new("s", AttributeType.S)]);
        var item = new AttributeMap { ["a"] = new string('a', a), ["b"] = new byte[b], ["r"] = new string('r', r), ["s"] = "s" };
        var error = Record.Exception(() => key.CheckIndexed(item, "byAll", KeyOrigin.Put));

        error.Should().BeOfType<ValidationException>().Which.Message.Should().Be(message);
        key.TryOfIndexed(item, out _).Should().BeFalse();
    }

    [Fact]
    public void Values_that_were_too_long_together_before_do_not_refuse_an_update_of_other_attributes()
    {
        var key = Schema("SS");
        var stored = Item([new string('r', 600), new string('s', 600)]);

        var unchanged = Record.Exception(() => key.CheckIndexed(stored.With("x", 1), "byAll", KeyOrigin.Updated, stored));
        var changed = Record.Exception(() =>
            key.CheckIndexed(stored.With("r1", new string('t', 600)), "byAll", KeyOrigin.Updated, stored));

        unchanged.Should().BeNull();
        changed.Should().BeOfType<ValidationException>().Which.Message.Should().StartWith("Aggregate size for RANGE key attributes");
    }

    public static TheoryData<string, string> Refused() => new()
    {
        { "a=", "HASH key attributes b must have equality conditions specified in the query" },
        { "r=", "HASH key attributes a, b must have equality conditions specified in the query" },
        { "a= b>", "HASH key attributes b must have equality conditions specified in the query" },
        { "a= b= s=", "RANGE key attributes r must have equality conditions specified in the query because a condition is present on key attribute s" },
        { "a= b= t>", "RANGE key attributes r, s must have equality conditions specified in the query because a condition is present on key attribute t" },
        { "a= b= r> s=", "RANGE key attributes r must have equality conditions specified in the query because a condition is present on key attribute s" },
        { "a= b= r> s> t>", "RANGE key attributes r, s must have equality conditions specified in the query because a condition is present on key attribute t" },
        { "a= b= r= x=", "Query condition missed key schema element: s" },
        { "a= b= r= s= t= x=", "The number of query conditions (6) exceeds the number of key attributes defined in the schema (5)" },
        { "a= b= r!", "Attempted conditional constraint is not an indexable operation" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Conditions_that_do_not_go_from_the_left_are_refused(string conditions, string message)
    {
        var key = new KeySchema(
            [new("a", AttributeType.S), new("b", AttributeType.S)],
            [new("r", AttributeType.S), new("s", AttributeType.S), new("t", AttributeType.S)]);
        var given = conditions.Split(' ').Select(text => new KeyCondition(text[..1], text[1] switch
        {
            '=' => Condition.EqualTo("v"),
            '>' => Condition.GreaterThan("v"),
            _ => new(ComparisonOperator.NE, "v"),
        })).ToList();

        var read = () => KeyConditionRules.Read(key, given);

        read.Should().Throw<ValidationException>().WithMessage(message);
    }

    private static Comparer<byte[]> Bytes { get; } =
        Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static IEnumerable<string> Combinations(int length) => length == 0
        ? [""]
        : from first in Types from rest in Combinations(length - 1) select first + rest;

    private static KeySchema Schema(string types) => new(
        [new("h", AttributeType.S)],
        [.. types.Select((type, i) => new KeyAttribute($"r{i}", Enum.Parse<AttributeType>(type.ToString())))]);

    private static AttributeMap Item(AttributeValue[] tuple) =>
        new([new("h", "h"), .. tuple.Select((value, i) => KeyValuePair.Create($"r{i}", value))]);

    private static List<AttributeValue[]> Tuples(SeededRandom random, string types, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => types.Select(type => Value(random, type)).ToArray())];

    // Few values, so that many tuples begin alike, and such as an encoding may mistake for others.
    private static AttributeValue Value(SeededRandom random, char type) => type switch
    {
        'S' => random.OneOf("", "\0", "\0\0", "a", "a\0", "a\0\0", "ab", "b", "abcdefgh", "abcdefg", "abcdefgh\0", "\uFFFF", "\U0010FFFF"),
        'N' => random.Next(3) == 0
            ? random.OneOf(RandomNumbers.Extremes().ToArray()).Parsed
            : random.OneOf<AttributeValue>(0, 1, 1.05m, 1.5m, 10, 100, 101, -1, -1.05m, -10, -100, 0.1m, -0.1m),
        _ => random.OneOf<byte[]>([], [0], [0, 0], [0xFF], [0xFF, 0xFF], [0, 0xFF], [0xFF, 0], [1], new byte[8], new byte[9], [.. Enumerable.Repeat((byte)0xFF, 8)]),
    };

    private static List<KeyCondition> RandomQuery(SeededRandom random, string types, List<AttributeValue[]> tuples)
    {
        var pattern = tuples[random.Next(tuples.Count)];
        var conditions = random.Next(types.Length + 1);
        return
        [
            .. Enumerable.Range(0, conditions).Select(i => new KeyCondition(
                $"r{i}",
                i < conditions - 1 ? Condition.EqualTo(pattern[i]) : LastCondition(random, types[i], pattern[i], tuples, i)))
                .Where(condition => condition.Is.AttributeValueList.All(value => value is not (AttributeValue.S { Value.Length: 0 } or AttributeValue.B { Value.Length: 0 })))
                .TakeWhile((condition, i) => condition.Attribute == $"r{i}"),
        ];
    }

    private static Condition LastCondition(
        SeededRandom random, char type, AttributeValue value, List<AttributeValue[]> tuples, int i) =>
        random.Next(type == 'N' ? 6 : 7) switch
        {
            0 => Condition.EqualTo(value),
            1 => new(ComparisonOperator.LT, value),
            2 => new(ComparisonOperator.LE, value),
            3 => Condition.GreaterThan(value),
            4 => Condition.AtLeast(value),
            5 => new(ComparisonOperator.BETWEEN, value, tuples[random.Next(tuples.Count)][i]),
            _ => Condition.BeginsWith(value),
        };

    private static bool Fulfils(AttributeValue[] tuple, List<KeyCondition> query) => query
        .Select((condition, i) => (condition.Is, Value: tuple[i]))
        .All(each => KeyValues.Fulfils(each.Value, each.Is));

    private static int Compare(AttributeValue[] left, AttributeValue[] right, int length)
    {
        for (var i = 0; i < length; i++)
        {
            if (KeyValues.Compare(left[i], right[i]) is var order and not 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static string Show(AttributeValue[] tuple) => string.Join(' ', tuple.Select(Show));

    private static string Show(AttributeValue value) => value switch
    {
        AttributeValue.S s => s.Value,
        AttributeValue.N n => n.Value.ToString(),
        AttributeValue.B b => Convert.ToHexString(b.Value.Span),
        _ => value.ToString()!,
    };

    private static string ShowCondition(KeyCondition condition) =>
        $"{condition.Attribute} {condition.Is.ComparisonOperator} {string.Join(' ', condition.Is.AttributeValueList.Select(Show))}";
}
