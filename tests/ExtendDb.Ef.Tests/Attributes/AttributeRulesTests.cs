using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Attributes;

public sealed class AttributeRulesTests
{
    private const string TooDeep =
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit";

    private static AttributeValue InMap(AttributeValue value) => new AttributeMap { ["m"] = value };

    private static AttributeValue.L InList(AttributeValue value) => new AttributeValue.L(value);

    public static TheoryData<string, string> Nests => new()
    {
        { "maps", "string" }, { "maps", "empty map" }, { "maps", "empty list" },
        { "lists", "string" }, { "lists", "empty map" }, { "lists", "empty list" },
        { "both", "string" }, { "both", "empty map" }, { "both", "empty list" },
    };

    private static AttributeMap Nest(int levels, string around, string leaf)
    {
        (AttributeValue value, var own) = leaf switch
        {
            "empty map" => ((AttributeValue)new AttributeMap(), 1),
            "empty list" => (new AttributeValue.L(), 1),
            _ => ("x", 0),
        };
        for (var i = own; i < levels; i++)
        {
            value = around == "maps" || (around == "both" && i % 2 == 0) ? InMap(value) : InList(value);
        }

        return new() { ["a"] = value };
    }

    [Theory]
    [MemberData(nameof(Nests))]
    public void Nesting_of_31_levels_is_accepted(string around, string leaf)
    {
        var item = Nest(31, around, leaf);

        var check = () => AttributeRules.Check(item);

        check.Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Nests))]
    public void Nesting_of_32_levels_is_refused(string around, string leaf)
    {
        var item = Nest(32, around, leaf);

        var check = () => AttributeRules.Check(item);

        check.Should().Throw<ValidationException>().WithMessage(TooDeep);
    }

    [Theory]
    [MemberData(nameof(Nests))]
    public void Nesting_of_31_levels_survives_JSON_and_storage(string around, string leaf)
    {
        var item = Nest(31, around, leaf);

        var back = StoredDocument.Read(StoredDocument.Write(item));

        ((object)back).Should().Be(item);
    }

    [Theory]
    [InlineData(new[] { 0xD83D })]
    [InlineData(new[] { 0xDE00 })]
    [InlineData(new[] { 'a', 0xD83D })]
    [InlineData(new[] { 0xDE00, 0xD83D })]
    [InlineData(new[] { 0xD83D, 0xDE00, 0xD83D })]
    public void Half_a_surrogate_pair_is_refused_wherever_it_stands(int[] units)
    {
        var half = string.Concat(units.Select(unit => (char)unit));
        AttributeMap[] items =
        [
            new() { ["a"] = half },
            new() { [half] = 1 },
            new() { ["a"] = new AttributeValue.SS("ok", half) },
            new() { ["a"] = InList(InMap(half)) },
            new() { ["a"] = InList(new AttributeMap { [half] = true }) },
        ];

        var checks = items.Select(item => Record.Exception(() => AttributeRules.Check(item)));

        checks.Should().AllBeOfType<ValidationException>();
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("\0")]
    [InlineData("\uFFFF")]
    [InlineData("\u0001\u001f")]
    public void Any_other_text_is_accepted(string text)
    {
        var item = new AttributeMap { [text] = text, ["s"] = new AttributeValue.SS(text) };

        var check = () => AttributeRules.Check(item);

        check.Should().NotThrow();
    }

    [Fact]
    public void Attribute_name_may_have_65535_bytes()
    {
        var item = new AttributeMap { [new string('é', 32_767) + "a"] = 1 };

        var check = () => AttributeRules.Check(item);

        check.Should().NotThrow();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32_768)]
    public void Attribute_name_of_no_bytes_or_65536_is_refused_at_every_depth(int characters)
    {
        var inner = new AttributeMap { [new string('é', characters)] = 1 };

        var checks = new[] { inner, new AttributeMap { ["a"] = InList(inner) } }
            .Select(item => Record.Exception(() => AttributeRules.Check(item)));

        checks.Should().AllBeOfType<ValidationException>();
    }
}
