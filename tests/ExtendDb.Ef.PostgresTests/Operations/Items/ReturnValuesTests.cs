using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

public class ReturnValuesTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "1" };
    private static readonly AttributeMap Old = new() { ["Id"] = "1", ["A"] = 1, ["B"] = 2 };

    [Fact]
    public async Task PutItem_returns_the_replaced_item_when_asked()
    {
        var table = await OldAsync();

        var response = await Host.Db.PutItemAsync(new(table, Key) { ReturnValues = ReturnValue.ALL_OLD });

        response.Attributes.Should().Equal(Old);
    }

    [Fact]
    public async Task PutItem_returns_nothing_when_not_asked()
    {
        var table = await OldAsync();

        var response = await Host.Db.PutItemAsync(new(table, Key));

        response.Attributes.Should().BeNull();
    }

    [Fact]
    public async Task PutItem_returns_nothing_when_the_key_was_free()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var response = await Host.Db.PutItemAsync(new(table, Old) { ReturnValues = ReturnValue.ALL_OLD });

        response.Attributes.Should().BeNull();
    }

    [Fact]
    public async Task DeleteItem_returns_the_deleted_item_when_asked()
    {
        var table = await OldAsync();

        var response = await Host.Db.DeleteItemAsync(new(table, Key) { ReturnValues = ReturnValue.ALL_OLD });

        response.Attributes.Should().Equal(Old);
    }

    [Fact]
    public async Task DeleteItem_returns_nothing_when_there_was_no_item()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var response = await Host.Db.DeleteItemAsync(new(table, Key) { ReturnValues = ReturnValue.ALL_OLD });

        response.Attributes.Should().BeNull();
    }

    [Theory]
    [InlineData(ReturnValue.NONE, null)]
    [InlineData(ReturnValue.ALL_OLD, "A=1 B=2 Id=1")]
    [InlineData(ReturnValue.ALL_NEW, "A=5 C=6 Id=1")]
    [InlineData(ReturnValue.UPDATED_OLD, "A=1 B=2")]
    [InlineData(ReturnValue.UPDATED_NEW, "A=5 C=6")]
    public async Task UpdateItem_returns_what_was_asked_for(ReturnValue asked, string? expected)
    {
        var table = await OldAsync();

        var response = await UpdateAsync(table, asked, ("A", 5), ("B", null), ("C", 6));

        Show(response.Attributes).Should().Be(expected);
    }

    [Theory]
    [InlineData(ReturnValue.ALL_OLD, null)]
    [InlineData(ReturnValue.ALL_NEW, "A=5 Id=1")]
    [InlineData(ReturnValue.UPDATED_OLD, null)]
    [InlineData(ReturnValue.UPDATED_NEW, "A=5")]
    public async Task UpdateItem_of_a_free_key_returns_what_was_asked_for(ReturnValue asked, string? expected)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var response = await UpdateAsync(table, asked, ("A", 5));

        Show(response.Attributes).Should().Be(expected);
    }

    [Fact]
    public async Task UpdateItem_leaves_the_other_attributes_as_they_are()
    {
        var table = await OldAsync();

        await UpdateAsync(table, ReturnValue.NONE, ("A", 5));

        (await Host.GetAsync(table, Key)).Should().Equal(Old.With("A", 5));
    }

    [Fact]
    public async Task UpdateItem_of_a_free_key_creates_the_item()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        await UpdateAsync(table, ReturnValue.NONE, ("A", 5), ("B", null));

        (await Host.GetAsync(table, Key)).Should().Equal(Key.With("A", 5));
    }

    [Fact]
    public async Task UpdateItem_without_updates_creates_the_item()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        await UpdateAsync(table, ReturnValue.NONE);

        (await Host.GetAsync(table, Key)).Should().Equal(Key);
    }

    [Fact]
    public async Task UpdateItem_that_only_removes_does_not_create_an_item()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        await UpdateAsync(table, ReturnValue.NONE, ("A", null));

        (await Host.GetAsync(table, Key)).Should().BeNull();
    }

    [Fact]
    public async Task UpdateItem_that_removes_what_is_not_there_changes_nothing()
    {
        var table = await OldAsync();

        await UpdateAsync(table, ReturnValue.NONE, ("Z", null));

        (await Host.GetAsync(table, Key)).Should().Equal(Old);
    }

    private static string? Show(AttributeMap? attributes) => attributes is null
        ? null
        : string.Join(' ', attributes.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => a.Key + "=" + (a.Value switch
        {
            AttributeValue.S s => s.Value,
            AttributeValue.N n => n.Value.ToString(),
            _ => "?",
        })));

    private Task<UpdateItemResponse> UpdateAsync(
        string table, ReturnValue returned, params (string Name, AttributeValue? Value)[] updates) =>
        Host.Db.UpdateItemAsync(new(table, Key)
        {
            AttributeUpdates = updates.ToDictionary(
                u => u.Name, u => u.Value is null ? AttributeValueUpdate.Delete : AttributeValueUpdate.Put(u.Value)),
            ReturnValues = returned,
        });

    private async Task<string> OldAsync()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, Old);
        return table;
    }
}
