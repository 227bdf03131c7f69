using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>Items that are older than an index, and have a value that it cannot have as its key.</summary>
public class OlderItemUpdateTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "1" };

    public static TheoryData<string> Values => ["7", "", new('x', 2_049)];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Other_attributes_can_be_updated(string value)
    {
        var table = await IndexedLaterAsync(value);

        await Host.Db.UpdateItemAsync(Update(table, "SET Extra = :new"));
        await Host.Db.TransactWriteItemsAsync(new([new()
        {
            Update = new(table, Key, "SET Further = :new")
            {
                ExpressionAttributeValues = new AttributeMap { [":new"] = "new" },
            },
        }]));

        var item = await Host.GetAsync(table, Key);
        (item!["Extra"], item["Further"]).Should().Be(((AttributeValue)"new", (AttributeValue)"new"));
        (await Host.MarkersAsync(await Host.Db.GetTableDefinitionAsync(table))).Should().BeEmpty("it is not in the index");
    }

    [Fact]
    public async Task Value_can_be_replaced_by_a_good_one()
    {
        var table = await IndexedLaterAsync("");

        await Host.Db.UpdateItemAsync(Update(table, "SET Kind = :new"));

        (await Host.MarkersAsync(await Host.Db.GetTableDefinitionAsync(table))).Should().ContainSingle();
    }

    [Fact]
    public async Task Value_can_be_removed()
    {
        var table = await IndexedLaterAsync("7");

        var update = () => Host.Db.UpdateItemAsync(new(table, Key) { UpdateExpression = "REMOVE Kind" });

        await update.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Value_is_not_replaced_by_another_bad_one()
    {
        var table = await IndexedLaterAsync("7");

        var update = () => Host.Db.UpdateItemAsync(new(table, Key)
        {
            UpdateExpression = "SET Kind = Kind + :one",
            ExpressionAttributeValues = new AttributeMap { [":one"] = 1 },
        });

        await update.Should().ThrowAsync<ValidationException>().WithMessage("*secondary index key*");
    }

    [Fact]
    public async Task Put_of_the_same_item_is_refused()
    {
        var table = await IndexedLaterAsync("7");
        var item = await Host.GetAsync(table, Key);

        var put = () => Host.PutAsync(table, item!.With("Other", 1));

        await put.Should().ThrowAsync<ValidationException>().WithMessage("*Type mismatch for Index Key Kind*");
    }

    // A value of digits stands for the number.
    private async Task<string> IndexedLaterAsync(string value)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, Key.With("Kind", value == "7" ? 7 : value));
        await Host.Db.UpdateTableAsync(new(table)
        {
            AttributeDefinitions = [new("Kind", AttributeType.S)],
            GlobalSecondaryIndexUpdates = [new() { Create = new("ByKind", [new("Kind", KeyType.HASH)], Projection.All) }],
        });
        return table;
    }

    private static UpdateItemRequest Update(string table, string expression) => new(table, Key)
    {
        UpdateExpression = expression,
        ExpressionAttributeValues = new AttributeMap { [":new"] = "new" },
    };
}
