using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>The older form of updates: PUT, ADD and DELETE of whole attributes.</summary>
public class AttributeUpdatesTests(OperationsFixture database) : OperationsTests(database)
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string Mismatch = "Type mismatch for attribute to update";

    private static readonly AttributeMap Key = new() { ["Id"] = "1" };

    [Theory]
    [InlineData(AttributeAction.PUT, """{"N":"1"}""", """{"S":"x"}""", """{"S":"x"}""")]
    [InlineData(AttributeAction.PUT, null, """{"M":{"a":{"NULL":true}}}""", """{"M":{"a":{"NULL":true}}}""")]
    [InlineData(null, null, """{"BOOL":false}""", """{"BOOL":false}""")]
    [InlineData(AttributeAction.ADD, """{"N":"1"}""", """{"N":"0.5"}""", """{"N":"1.5"}""")]
    [InlineData(AttributeAction.ADD, null, """{"N":"-2"}""", """{"N":"-2"}""")]
    [InlineData(AttributeAction.ADD, """{"SS":["a"]}""", """{"SS":["a","b"]}""", """{"SS":["a","b"]}""")]
    [InlineData(AttributeAction.ADD, """{"NS":["1"]}""", """{"NS":["1.0","2"]}""", """{"NS":["1","2"]}""")]
    [InlineData(AttributeAction.ADD, """{"BS":["YQ=="]}""", """{"BS":["Yg=="]}""", """{"BS":["YQ==","Yg=="]}""")]
    [InlineData(AttributeAction.ADD, null, """{"SS":["a"]}""", """{"SS":["a"]}""")]
    [InlineData(AttributeAction.ADD, """{"L":[{"N":"1"}]}""", """{"L":[{"S":"x"},{"N":"1"}]}""", """{"L":[{"N":"1"},{"S":"x"},{"N":"1"}]}""")]
    [InlineData(AttributeAction.ADD, null, """{"L":[{"S":"x"}]}""", """{"L":[{"S":"x"}]}""")]
    [InlineData(AttributeAction.DELETE, """{"M":{}}""", null, null)]
    [InlineData(AttributeAction.DELETE, null, null, null)]
    [InlineData(AttributeAction.DELETE, """{"SS":["a","b"]}""", """{"SS":["b","c"]}""", """{"SS":["a"]}""")]
    [InlineData(AttributeAction.DELETE, """{"NS":["1","2"]}""", """{"NS":["2.0"]}""", """{"NS":["1"]}""")]
    [InlineData(AttributeAction.DELETE, """{"BS":["YQ==","Yg=="]}""", """{"BS":["YQ=="]}""", """{"BS":["Yg=="]}""")]
    [InlineData(AttributeAction.DELETE, """{"SS":["a"]}""", """{"SS":["a"]}""", null)]
    [InlineData(AttributeAction.DELETE, null, """{"SS":["a"]}""", null)]
    public async Task Action_makes_the_new_value_of_the_attribute(
        AttributeAction? action, string? stored, string? value, string? expected)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, With(stored));

        await UpdateAsync(table, "A", action, value);

        (await Host.GetAsync(table, Key)).Should().Equal(With(expected));
    }

    [Theory]
    [InlineData(AttributeAction.PUT, null, "Only DELETE action is allowed when no attribute value is specified")]
    [InlineData(null, null, "Only DELETE action is allowed when no attribute value is specified")]
    [InlineData(AttributeAction.ADD, null, "Only DELETE action is allowed when no attribute value is specified")]
    [InlineData(AttributeAction.ADD, """{"S":"x"}""", "ADD action is not supported for the type S")]
    [InlineData(AttributeAction.ADD, """{"B":"YQ=="}""", "ADD action is not supported for the type B")]
    [InlineData(AttributeAction.ADD, """{"BOOL":true}""", "ADD action is not supported for the type BOOL")]
    [InlineData(AttributeAction.ADD, """{"NULL":true}""", "ADD action is not supported for the type NULL")]
    [InlineData(AttributeAction.ADD, """{"M":{}}""", "ADD action is not supported for the type M")]
    [InlineData(AttributeAction.DELETE, """{"S":"x"}""", "DELETE action with value is not supported for the type S")]
    [InlineData(AttributeAction.DELETE, """{"N":"1"}""", "DELETE action with value is not supported for the type N")]
    [InlineData(AttributeAction.DELETE, """{"L":[]}""", "DELETE action with value is not supported for the type L")]
    public async Task Action_that_does_not_take_the_value_is_refused_before_the_table_is_looked_up(
        AttributeAction? action, string? value, string message)
    {
        var refused = () => UpdateAsync("Nowhere", "A", action, value);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(Invalid + message);
    }

    [Theory]
    [InlineData(AttributeAction.ADD, """{"S":"x"}""", """{"N":"1"}""")]
    [InlineData(AttributeAction.ADD, """{"SS":["x"]}""", """{"NS":["1"]}""")]
    [InlineData(AttributeAction.ADD, """{"N":"1"}""", """{"L":[]}""")]
    [InlineData(AttributeAction.DELETE, """{"NS":["1"]}""", """{"SS":["1"]}""")]
    [InlineData(AttributeAction.DELETE, """{"L":[]}""", """{"SS":["1"]}""")]
    public async Task Action_on_a_stored_value_of_another_type_is_refused(AttributeAction action, string stored, string value)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, With(stored));

        var refused = () => UpdateAsync(table, "A", action, value);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(Mismatch);
        (await Host.GetAsync(table, Key)).Should().Equal(With(stored));
    }

    [Theory]
    [InlineData(AttributeAction.PUT, """{"S":"1"}""")]
    [InlineData(AttributeAction.ADD, """{"SS":["1"]}""")]
    [InlineData(AttributeAction.DELETE, null)]
    public async Task Key_attribute_cannot_be_updated_even_to_what_it_is(AttributeAction action, string? value)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var refused = () => UpdateAsync(table, "Id", action, value);

        await refused.Should().ThrowAsync<ValidationException>()
            .WithMessage(Invalid + "Cannot update attribute Id. This attribute is part of the key");
        (await Host.GetAsync(table, Key)).Should().BeNull();
    }

    private static AttributeMap With(string? value) => value is null ? Key : Key.With("A", ItemJson.Value(value));

    private Task<UpdateItemResponse> UpdateAsync(string table, string name, AttributeAction? action, string? value) =>
        Host.Db.UpdateItemAsync(new(table, Key)
        {
            AttributeUpdates = new Dictionary<string, AttributeValueUpdate>
            {
                [name] = new(action, value is null ? null : ItemJson.Value(value)),
            },
        });
}
