using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Tests.Attributes;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Operations.Querying;

public sealed class SortKeyRangeTests(ITestOutputHelper output)
{
    public static TheoryData<ComparisonOperator, AttributeType> Conditions
    {
        get
        {
            var data = new TheoryData<ComparisonOperator, AttributeType>();
            foreach (var comparison in (ComparisonOperator[])
            [
                ComparisonOperator.EQ, ComparisonOperator.LT, ComparisonOperator.LE, ComparisonOperator.GT,
                ComparisonOperator.GE, ComparisonOperator.BETWEEN, ComparisonOperator.BEGINS_WITH,
            ])
            {
                data.Add(comparison, AttributeType.S);
                data.Add(comparison, AttributeType.B);
                if (comparison != ComparisonOperator.BEGINS_WITH)
                {
                    data.Add(comparison, AttributeType.N);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Range_holds_exactly_the_keys_that_fulfil_the_condition(ComparisonOperator comparison, AttributeType type)
    {
        var random = SeededRandom.Printed(output);
        var keys = Keys(random, type);
        var conditions = keys.Take(60).Select((key, i) => comparison == ComparisonOperator.BETWEEN
            ? new Condition(comparison, key, keys[(7 * i) % keys.Count])
            : new Condition(comparison, key));

        var wrong =
            from condition in conditions
            let range = SortKeyRange.Of(condition, before: [], isLast: true)
            from key in keys
            where range.Contains(SortKeyEncoding.Encode(key)) != KeyValues.Fulfils(key, condition)
            select (condition.ComparisonOperator, condition.AttributeValueList, key);

        wrong.Should().BeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1024)]
    public void Keys_that_begin_with_nothing_but_0xFF_have_no_upper_bound_among_keys(int length)
    {
        var prefix = Enumerable.Repeat((byte)0xFF, length).ToArray();
        byte[] longest = [.. Enumerable.Repeat((byte)0xFF, KeySchema.MaxRangeBytes)];

        var range = SortKeyRange.Of(Condition.BeginsWith(prefix), before: [], isLast: true);

        range.Contains(prefix).Should().BeTrue();
        range.Contains(longest).Should().BeTrue();
        range.Contains([.. prefix[1..], 0xFE]).Should().BeFalse();
    }

    [Fact]
    public void Range_of_all_holds_the_empty_and_the_highest_sort_key()
    {
        byte[] highest = [.. Enumerable.Repeat((byte)0xFF, KeySchema.MaxRangeBytes)];

        var range = SortKeyRange.All;

        range.Contains([]).Should().BeTrue();
        range.Contains(highest).Should().BeTrue();
    }

    [Fact]
    public void Nothing_is_greater_than_the_highest_sort_key()
    {
        byte[] highest = [.. Enumerable.Repeat((byte)0xFF, KeySchema.MaxRangeBytes)];

        var range = SortKeyRange.Of(Condition.GreaterThan(highest), before: [], isLast: true);

        range.Contains(highest).Should().BeFalse();
        range.Contains(highest[1..]).Should().BeFalse();
    }

    [Theory]
    [InlineData("", "00", false)]
    [InlineData("61", "61", true)]
    [InlineData("62", "61", true)]
    [InlineData("6161", "6162", false)]
    public void Range_is_empty_when_no_key_lies_in_it(string low, string high, bool empty)
    {
        var range = new SortKeyRange(Convert.FromHexString(low), Convert.FromHexString(high));

        var isEmpty = range.IsEmpty;

        isEmpty.Should().Be(empty);
        range.Contains(range.Low).Should().Be(!empty);
    }

    private static List<AttributeValue> Keys(SeededRandom random, AttributeType type)
    {
        var keys = Enumerable.Range(0, 150).Select(i => (AttributeValue)(type switch
        {
            AttributeType.N => i % 2 == 0 ? random.Next(-5, 6) : RandomNumbers.Next(random).Parsed,
            AttributeType.S => RandomValues.Text(random, 3) + random.OneOf("a", "\0", "\uFFFF", "\U0010FFFF"),
            _ => (byte[])[.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.OneOf<byte>(0, 1, 0x7F, 0x80, 0xFF))],
        })).ToList();
        return type == AttributeType.N
            ? [.. RandomNumbers.Extremes().Select(n => (AttributeValue)n.Parsed), .. keys]
            : keys;
    }
}
