using ExtendDb.Ef.Expressions;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions;

public sealed class PlaceholdersTests
{
    private const string BadName = "ExpressionAttributeNames contains invalid key: ";
    private const string BadValue = "ExpressionAttributeValues contains invalid key: ";

    public static TheoryData<string, string> BadNames => new()
    {
        { "x", BadName + "Syntax error; key: \"x\"" },
        { "#", BadName + "Syntax error; key: \"#\"" },
        { "##a", BadName + "Syntax error; key: \"##a\"" },
        { "#a b", BadName + "Syntax error; key: \"#a b\"" },
        { "#a-b", BadName + "Syntax error; key: \"#a-b\"" },
        { "#a.b", BadName + "Syntax error; key: \"#a.b\"" },
        { "#é", BadName + "Syntax error; key: \"#é\"" },
        { "#a#", BadName + "Syntax error; key: \"#a#\"" },
        { "# a", BadName + "Syntax error; key: \"# a\"" },
        { "#a\n", BadName + "Syntax error; key: \"#a\n\"" },
        { ":a", BadName + "Syntax error; key: \":a\"" },
        { "", BadName + "The expression attribute map contains an empty key;" },
        {
            "#" + new string('x', 255),
            BadName + "The expression attribute map contains a key that is too long; size of key: 256"
        },
    };

    public static TheoryData<string, string> BadValues => new()
    {
        { "x", BadValue + "Syntax error; key: \"x\"" },
        { ":", BadValue + "Syntax error; key: \":\"" },
        { ":a b", BadValue + "Syntax error; key: \":a b\"" },
        { ":a-b", BadValue + "Syntax error; key: \":a-b\"" },
        { ":é", BadValue + "Syntax error; key: \":é\"" },
        { "#a", BadValue + "Syntax error; key: \"#a\"" },
        { "::a", BadValue + "Syntax error; key: \"::a\"" },
        { "", BadValue + "The expression attribute map contains an empty key;" },
        { ":" + new string('x', 255), BadValue + "The expression attribute map contains a key that is too long;" },
    };

    [Theory]
    [MemberData(nameof(BadNames))]
    public void Malformed_name_is_refused(string key, string message)
    {
        var make = () => new Placeholders(new Dictionary<string, string> { [key] = "a" });

        make.Should().Throw<ValidationException>().Which.Message.Should().Be(message);
    }

    [Theory]
    [MemberData(nameof(BadValues))]
    public void Malformed_value_is_refused(string key, string message)
    {
        var make = () => Of((key, 1));

        make.Should().Throw<ValidationException>().Which.Message.Should().Be(message);
    }

    [Theory]
    [InlineData("#1", ":1")]
    [InlineData("#_", ":_")]
    [InlineData("#4g", ":4g")]
    [InlineData("#SET", ":and")]
    public void Placeholder_may_begin_with_anything_that_a_word_holds(string name, string value)
    {
        var placeholders = new Placeholders(
            new Dictionary<string, string> { [name] = "a" }, new Dictionary<string, AttributeValue> { [value] = 1 });

        var holds = ItemCondition.Parse($"{name} = {value}", placeholders)!.Holds(new() { ["a"] = 1 });

        holds.Should().BeTrue();
    }

    [Fact]
    public void Longest_placeholder_is_accepted()
    {
        var (name, value) = ("#" + new string('x', 254), ":" + new string('x', 254));

        var make = () => new Placeholders(
            new Dictionary<string, string> { [name] = new('n', 65_535) },
            new Dictionary<string, AttributeValue> { [value] = 1 });

        make.Should().NotThrow();
    }

    [Fact]
    public void Maps_without_placeholders_are_refused_names_first()
    {
        var none = new Dictionary<string, string>();

        var both = () => new Placeholders(none, new Dictionary<string, AttributeValue>());
        var values = () => Of();

        both.Should().Throw<ValidationException>().WithMessage("ExpressionAttributeNames must not be empty");
        values.Should().Throw<ValidationException>().WithMessage("ExpressionAttributeValues must not be empty");
    }

    [Fact]
    public void Empty_name_is_refused()
    {
        var make = () => new Placeholders(new Dictionary<string, string> { ["#a"] = "" });

        make.Should().Throw<ValidationException>().WithMessage(
            "ExpressionAttributeNames contains invalid value: Empty attribute name for key #a");
    }

    [Fact]
    public void Name_of_65536_bytes_is_refused()
    {
        var make = () => new Placeholders(new Dictionary<string, string> { ["#a"] = new('é', 32_768) });

        make.Should().Throw<ValidationException>().WithMessage(
            "ExpressionAttributeNames contains invalid value: Attribute name is too large, must be less than 65536 bytes for key #a");
    }

    [Fact]
    public void Malformed_key_is_refused_before_an_invalid_value()
    {
        var make = () => Of((":b", Nested(32)), ("b", 1));

        make.Should().Throw<ValidationException>().WithMessage(BadValue + "Syntax error; key: \"b\"");
    }

    [Fact]
    public void Value_nested_too_deep_is_refused_by_its_key()
    {
        var make = () => Of((":b", Nested(32)));

        make.Should().Throw<ValidationException>().WithMessage(
            "ExpressionAttributeValues contains invalid value: Nesting Levels have exceeded supported limits: "
            + "Attributes in the item have nested levels beyond supported limit for key :b");
    }

    [Fact]
    public void Values_of_two_megabytes_together_are_refused()
    {
        var half = new string('x', 1_048_577);

        var make = () => Of((":a", half), (":b", half));

        make.Should().Throw<ValidationException>().WithMessage("ExpressionAttributeValues exceeds max size");
    }

    [Fact]
    public void Unused_names_are_told_before_unused_values()
    {
        var placeholders = new Placeholders(
            new Dictionary<string, string> { ["#a"] = "a", ["#u"] = "b" },
            new Dictionary<string, AttributeValue> { [":v"] = 1, [":u"] = 2 });
        ItemCondition.Parse("#a = :v", placeholders);

        var check = placeholders.CheckAllUsed;

        check.Should().Throw<ValidationException>().WithMessage(
            "Value provided in ExpressionAttributeNames unused in expressions: keys: {#u}");
    }

    [Fact]
    public void Unused_values_are_told_together()
    {
        var placeholders = Of((":v", 1), (":u", 2), (":w", 3));
        ItemCondition.Parse("a = :v", placeholders);

        var check = placeholders.CheckAllUsed;

        check.Should().Throw<ValidationException>().WithMessage(
            "Value provided in ExpressionAttributeValues unused in expressions: keys: {:u, :w}");
    }

    [Fact]
    public void Placeholder_that_any_expression_uses_is_used()
    {
        var placeholders = Of((":v", 1), (":w", 2));
        ItemUpdate.Parse("SET a = :v", placeholders);
        ItemCondition.Parse("a = :w", placeholders);

        var check = placeholders.CheckAllUsed;

        check.Should().NotThrow();
    }

    [Fact]
    public void Name_is_one_element_of_a_path_whatever_it_holds()
    {
        var placeholders = new Placeholders(new Dictionary<string, string> { ["#d"] = "d.e", ["#l"] = "l[0]" });
        var item = new AttributeMap { ["d.e"] = 1, ["l[0]"] = 2, ["d"] = new AttributeMap { ["e"] = 3 } };

        var projected = DocumentProjection.Parse("#d, #l", placeholders)!.Of(item);

        ((object)projected).Should().Be(item.Without("d"));
    }

    private static Placeholders Of(params (string Key, AttributeValue Value)[] values) =>
        new(null, values.ToDictionary(value => value.Key, value => value.Value));

    private static AttributeValue Nested(int levels)
    {
        AttributeValue value = 1;
        for (var i = 0; i < levels; i++)
        {
            value = new AttributeValue.L(value);
        }

        return value;
    }
}
