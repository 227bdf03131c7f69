using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class AttributeMapTests
{
    [Fact]
    public void With_leaves_the_map_as_it_was()
    {
        var map = new AttributeMap { ["a"] = 1 };

        var changed = map.With("a", 2).With("b", 3);

        ((object)map).Should().Be(new AttributeMap { ["a"] = 1 });
        ((object)changed).Should().Be(new AttributeMap { ["a"] = 2, ["b"] = 3 });
    }

    [Fact]
    public void Without_leaves_the_map_as_it_was()
    {
        var map = new AttributeMap { ["a"] = 1, ["b"] = 2 };

        var changed = map.Without("a").Without("missing");

        ((object)map).Should().Be(new AttributeMap { ["a"] = 1, ["b"] = 2 });
        ((object)changed).Should().Be(new AttributeMap { ["b"] = 2 });
    }

    [Fact]
    public void Map_is_a_copy_of_what_it_was_made_of()
    {
        var given = new Dictionary<string, AttributeValue> { ["a"] = 1 };
        var map = new AttributeMap((IEnumerable<KeyValuePair<string, AttributeValue>>)given);

        given["a"] = 2;

        map["a"].Should().Be((AttributeValue)1);
    }

    [Fact]
    public void Names_are_told_apart_by_case_and_by_form()
    {
        var map = new AttributeMap { ["a"] = 1, ["A"] = 2, ["é"] = 3, ["e\u0301"] = 4 };

        var count = map.Count;

        count.Should().Be(4);
    }

    [Fact]
    public void Name_given_twice_is_refused()
    {
        var twice = new[] { KeyValuePair.Create<string, AttributeValue>("a", 1), KeyValuePair.Create<string, AttributeValue>("a", 2) };

        var make = () => new AttributeMap(twice);

        make.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Collection_expression_takes_pairs_and_other_maps_and_the_last_value_of_a_name()
    {
        AttributeMap item = new() { ["a"] = 1, ["b"] = 2 };

        AttributeMap changed = [.. item, new("b", 3), new("c", "d")];
        AttributeMap empty = [];

        changed.Should().Equal(new AttributeMap { ["a"] = 1, ["b"] = 3, ["c"] = "d" });
        empty.Should().BeEmpty();
        item["b"].Should().Be((AttributeValue)2);
    }

    [Fact]
    public void Collection_expression_without_a_value_is_refused()
    {
        Func<AttributeMap> refused = () => [new("a", null!)];

        refused.Should().Throw<ArgumentNullException>();
    }
}
