using ExtendDb.Ef.Expressions.Legacy;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.Tests.Expressions.Legacy;

public sealed class LegacyUpdatesTests
{
    private const string Invalid = "One or more parameter values were invalid: ";

    private static readonly AttributeMap Item = ItemJson.Map("""
        {"n":{"N":"5"},"s":{"S":"x"},"ss":{"SS":["a","b"]},"bs":{"BS":["YQ=="]},"l":{"L":[{"N":"1"}]}}
        """);

    [Theory]
    [InlineData("n", AttributeAction.ADD, """{"N":"-7"}""", """{"N":"-2"}""")]
    [InlineData("zz", AttributeAction.ADD, """{"N":"-7"}""", """{"N":"-7"}""")]
    [InlineData("ss", AttributeAction.ADD, """{"SS":["b","c"]}""", """{"SS":["a","b","c"]}""")]
    [InlineData("l", AttributeAction.ADD, """{"L":[{"S":"y"}]}""", """{"L":[{"N":"1"},{"S":"y"}]}""")]
    [InlineData("zz", AttributeAction.ADD, """{"L":[{"S":"y"}]}""", """{"L":[{"S":"y"}]}""")]
    [InlineData("ss", AttributeAction.DELETE, """{"SS":["b","c"]}""", """{"SS":["a"]}""")]
    [InlineData("bs", AttributeAction.DELETE, """{"BS":["YQ=="]}""", null)]
    [InlineData("zz", AttributeAction.DELETE, """{"SS":["b"]}""", null)]
    [InlineData("s", AttributeAction.DELETE, null, null)]
    [InlineData("zz", AttributeAction.DELETE, null, null)]
    [InlineData("s", AttributeAction.PUT, """{"BOOL":true}""", """{"BOOL":true}""")]
    [InlineData("s", null, """{"NULL":true}""", """{"NULL":true}""")]
    public void Action_gives_the_value(string attribute, AttributeAction? action, string? given, string? expected)
    {
        var update = Update(attribute, action, Value(given));

        var updated = update.ApplyTo(Item);

        var others = expected is null ? Item.Without(attribute) : Item.With(attribute, Value(expected)!);
        ((object)updated).Should().Be(others);
    }

    [Theory]
    [InlineData(AttributeAction.PUT, null, "Only DELETE action is allowed when no attribute value is specified")]
    [InlineData(AttributeAction.ADD, null, "Only DELETE action is allowed when no attribute value is specified")]
    [InlineData(null, null, "Only DELETE action is allowed when no attribute value is specified")]
    [InlineData(AttributeAction.DELETE, """{"S":"a"}""", "DELETE action with value is not supported for the type S")]
    [InlineData(AttributeAction.DELETE, """{"N":"1"}""", "DELETE action with value is not supported for the type N")]
    [InlineData(AttributeAction.DELETE, """{"L":[]}""", "DELETE action with value is not supported for the type L")]
    [InlineData(AttributeAction.ADD, """{"S":"a"}""", "ADD action is not supported for the type S")]
    [InlineData(AttributeAction.ADD, """{"B":"YQ=="}""", "ADD action is not supported for the type B")]
    [InlineData(AttributeAction.ADD, """{"BOOL":true}""", "ADD action is not supported for the type BOOL")]
    [InlineData(AttributeAction.ADD, """{"NULL":true}""", "ADD action is not supported for the type NULL")]
    [InlineData(AttributeAction.ADD, """{"M":{}}""", "ADD action is not supported for the type M")]
    public void Value_that_the_action_does_not_take_is_refused(AttributeAction? action, string? given, string message)
    {
        var read = () => Update("a", action, Value(given));

        read.Should().Throw<ValidationException>().Which.Message.Should().Be(Invalid + message);
    }

    [Theory]
    [InlineData("s", AttributeAction.ADD, """{"N":"1"}""")]
    [InlineData("n", AttributeAction.ADD, """{"SS":["a"]}""")]
    [InlineData("ss", AttributeAction.ADD, """{"NS":["1"]}""")]
    [InlineData("ss", AttributeAction.ADD, """{"L":[]}""")]
    [InlineData("ss", AttributeAction.DELETE, """{"BS":["YQ=="]}""")]
    [InlineData("n", AttributeAction.DELETE, """{"NS":["5"]}""")]
    public void Stored_value_of_another_type_is_refused(string attribute, AttributeAction action, string given)
    {
        var update = Update(attribute, action, Value(given));

        var apply = () => update.ApplyTo(Item);

        apply.Should().Throw<ValidationException>().Which.Message.Should().Be("Type mismatch for attribute to update");
    }

    private static ExtendDb.Ef.Expressions.ItemUpdate Update(string name, AttributeAction? action, AttributeValue? value) =>
        LegacyUpdates.Of(new Dictionary<string, AttributeValueUpdate> { [name] = new(action, value) });

    private static AttributeValue? Value(string? json) =>
        json is null ? null : ItemJson.Map($$"""{"v":{{json}}}""")["v"];
}
