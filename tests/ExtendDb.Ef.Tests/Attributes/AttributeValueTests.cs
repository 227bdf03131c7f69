using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class AttributeValueTests(ITestOutputHelper output)
{
    [Fact]
    public void Sets_in_another_order_are_equal_and_hash_alike()
    {
        var random = SeededRandom.Printed(output);
        var members = Enumerable.Range(0, 30).ToArray();
        AttributeValue[] Sets() =>
        [
            new AttributeValue.SS(members.Select(m => $"s{m}")),
            new AttributeValue.NS(members.Select(m => DynamoNumber.Parse($"{m}"))),
            new AttributeValue.BS(members.Select(m => (ReadOnlyMemory<byte>)new byte[] { 0, (byte)m })),
        ];
        var before = Sets();

        random.Shuffle(members);
        var after = Sets();

        after.Should().Equal(before);
        after.Select(s => s.GetHashCode()).Should().Equal(before.Select(s => s.GetHashCode()));
    }

    [Fact]
    public void Maps_in_another_order_are_equal_and_hash_alike()
    {
        var map = new AttributeMap { ["a"] = 1, ["b"] = new AttributeValue.SS("x", "y"), ["c"] = true };

        var reversed = new AttributeMap(map.Reverse());

        ((object)reversed).Should().Be(map);
        reversed.GetHashCode().Should().Be(map.GetHashCode());
        ((AttributeValue)reversed).Should().Be((AttributeValue)map);
    }

    [Fact]
    public void Copies_of_random_values_are_equal_and_hash_alike()
    {
        var seed = SeededRandom.Printed(output).Next();
        var values = Enumerable.Range(0, 1_000).Select(i => RandomValues.Value(SeededRandom.Of(seed + i), 3)).ToList();

        var copies = Enumerable.Range(0, 1_000).Select(i => RandomValues.Value(SeededRandom.Of(seed + i), 3)).ToList();

        copies.Should().Equal(values);
        copies.Select(v => v.GetHashCode()).Should().Equal(values.Select(v => v.GetHashCode()));
    }

    [Fact]
    public void Values_that_differ_in_type_order_or_content_are_not_equal()
    {
        AttributeValue[] values =
        [
            "1", 1, "", new byte[] { 49 }, Array.Empty<byte>(), true, false, new AttributeValue.NULL(),
            new AttributeMap(), new AttributeMap { ["a"] = 1 }, new AttributeMap { ["a"] = "1" }, new AttributeMap { ["b"] = 1 },
            new AttributeValue.L(), new AttributeValue.L(1, 2), new AttributeValue.L(2, 1), new AttributeValue.L(1),
            new AttributeValue.SS("1"), new AttributeValue.SS("1", "2"), new AttributeValue.NS(DynamoNumber.Parse("1")),
            new AttributeValue.BS((ReadOnlyMemory<byte>)new byte[] { 49 }), "é", "e\u0301", "E",
        ];

        var equal =
            from i in Enumerable.Range(0, values.Length)
            from j in Enumerable.Range(0, values.Length)
            where values[i].Equals(values[j]) != (i == j)
            select (values[i], values[j]);

        equal.Should().BeEmpty();
    }

    [Fact]
    public void Nothing_equals_null()
    {
        AttributeValue value = "a";

        var equal = value.Equals(null) || value.Equals((object?)null) || AttributeMap.Empty.Equals(null);

        equal.Should().BeFalse();
    }

    [Fact]
    public void Empty_sets_are_refused_in_DynamoDBs_words()
    {
        Func<AttributeValue>[] makes =
            [() => new AttributeValue.SS(), () => new AttributeValue.NS(), () => new AttributeValue.BS()];

        var messages = makes.Select(make => make.Should().Throw<ValidationException>().Which.Message);

        messages.Should().Equal(
            "One or more parameter values were invalid: An string set  may not be empty",
            "One or more parameter values were invalid: An number set  may not be empty",
            "One or more parameter values were invalid: Binary sets should not be empty");
    }

    [Fact]
    public void One_and_one_point_zero_are_the_same_member_of_a_set()
    {
        var (one, same) = (DynamoNumber.Parse("1"), DynamoNumber.Parse("1.0"));

        var make = () => new AttributeValue.NS(one, same);

        make.Should().Throw<ValidationException>().WithMessage("*contains duplicates*");
    }

    [Fact]
    public void Empty_string_and_empty_binary_may_be_members_of_sets()
    {
        var strings = new AttributeValue.SS("", "a");

        var binaries = new AttributeValue.BS(ReadOnlyMemory<byte>.Empty, new byte[] { 0 });

        strings.Value.Should().HaveCount(2);
        binaries.Value.Should().HaveCount(2);
    }

    [Fact]
    public void Array_given_as_a_binary_is_copied()
    {
        byte[] bytes = [1, 2];
        AttributeValue value = bytes;

        bytes[0] = 9;

        value.Should().Be((AttributeValue)new byte[] { 1, 2 });
    }

    [Fact]
    public void List_and_set_do_not_change_with_what_they_were_made_of()
    {
        List<AttributeValue> members = [1];
        List<string> strings = ["a"];
        var (list, set) = (new AttributeValue.L(members), new AttributeValue.SS(strings));

        members.Add(2);
        strings.Add("b");

        list.Value.Should().HaveCount(1);
        set.Value.Should().HaveCount(1);
    }

    [Fact]
    public void Null_is_refused_as_a_member_when_the_value_is_made()
    {
        Func<AttributeValue>[] makes =
        [
            () => new AttributeValue.L(1, null!),
            () => new AttributeValue.SS("a", null!),
            () => new AttributeMap([KeyValuePair.Create("a", (AttributeValue)null!)]),
        ];

        var errors = makes.Select(make => Record.Exception(() => _ = make()));

        errors.Should().AllBeAssignableTo<ArgumentException>();
    }

    [Fact]
    public void Patterns_take_values_apart()
    {
        AttributeValue.L list = ["a", 1, true];
        AttributeValue.SS set = new("x");
        AttributeValue value = new AttributeMap { ["List"] = list, ["Set"] = set };

        var text = "";
        if (value is AttributeValue.M(var map)
            && map["List"] is AttributeValue.L and [AttributeValue.S(var first), AttributeValue.N(var number), ..]
            && map["Set"] is AttributeValue.SS(var members))
        {
            text = $"{first} {number} {members.Single()}";
        }

        text.Should().Be("a 1 x");
    }
}
