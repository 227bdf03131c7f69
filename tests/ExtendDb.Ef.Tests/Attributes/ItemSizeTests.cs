using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Attributes;

/// <summary>Sizes worked out by hand from the DynamoDB developer guide, Item sizes and formats.</summary>
public sealed class ItemSizeTests
{
    public static TheoryData<AttributeValue, int> Values => new()
    {
        { "", 0 },
        { "abc", 3 },
        { "é漢😀", 2 + 3 + 4 },
        { "\0", 1 },
        { Array.Empty<byte>(), 0 },
        { new byte[] { 0, 255, 7 }, 3 },
        { true, 1 },
        { false, 1 },
        { new AttributeValue.NULL(), 1 },
        { new AttributeMap(), 3 },
        { new AttributeValue.L(), 3 },
        { new AttributeMap { ["ab"] = "cde" }, 3 + 1 + 2 + 3 },
        { new AttributeMap { ["é"] = true, ["x"] = "" }, 3 + (1 + 2 + 1) + (1 + 1 + 0) },
        { new AttributeValue.L("ab", true, new AttributeValue.L()), 3 + (1 + 2) + (1 + 1) + (1 + 3) },
        { new AttributeMap { ["l"] = new AttributeValue.L(new AttributeMap { ["a"] = "b" }) }, 3 + 1 + 1 + (3 + 1 + (3 + 1 + 1 + 1)) },
        { new AttributeValue.SS("a", "bcd", ""), 4 },
        { new AttributeValue.BS(new byte[] { 1 }, new byte[] { 1, 2 }), 3 },
        { new AttributeValue.NS(DynamoNumber.Parse("1"), DynamoNumber.Parse("-123")), 2 + 4 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_has_the_size_that_DynamoDB_documents(AttributeValue value, int size)
    {
        var item = new AttributeMap { ["v"] = value };

        var sizes = (ItemSize.Of(value), ItemSize.Of(item));

        sizes.Should().Be((size, 1 + size));
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("1", 2)]
    [InlineData("-1", 3)]
    [InlineData("12", 2)]
    [InlineData("123", 3)]
    [InlineData("-123", 4)]
    [InlineData("100", 2)]
    [InlineData("1e125", 2)]
    [InlineData("1e-130", 2)]
    [InlineData("0.5", 2)]
    [InlineData("0.005", 2)]
    [InlineData("1.5", 3)]
    [InlineData("-1.5", 4)]
    [InlineData("42.12", 3)]
    [InlineData("1.123", 4)]
    [InlineData("100.5", 4)]
    [InlineData("1.05", 3)]
    [InlineData("12345678901234567890123456789012345678", 20)]
    [InlineData("-0.12345678901234567890123456789012345678", 21)]
    [InlineData("1234567890123456789.0123456789012345678", 21)]
    public void Number_takes_a_byte_and_one_for_every_two_digits_on_each_side_of_the_point(string number, int size)
    {
        var value = new AttributeValue.N(DynamoNumber.Parse(number));

        var counted = ItemSize.Of(value);

        counted.Should().Be(size);
    }

    [Fact]
    public void Item_is_as_large_as_its_names_and_values()
    {
        var item = new AttributeMap { ["Folder"] = "/usr", ["é"] = 42 };

        var size = ItemSize.Of(item);

        size.Should().Be((6 + 4) + (2 + 2));
    }

    [Fact]
    public void Empty_item_has_no_size()
    {
        var item = AttributeMap.Empty;

        var size = ItemSize.Of(item);

        size.Should().Be(0);
    }
}
