using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>What an UpdateExpression leaves of an item, and what it returns of it.</summary>
public class UpdateOutcomeTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["Id"] = "1" };
    private static readonly AttributeMap Old = ItemJson.Map("""
        {"Id":{"S":"1"},"N":{"N":"1"},"M":{"M":{"a":{"N":"1"},"b":{"N":"2"},"c":{"M":{"d":{"S":"x"}}}}},
         "L":{"L":[{"N":"0"},{"N":"1"},{"N":"2"}]},"T":{"SS":["a","b"]}}
        """);

    private static readonly AttributeMap Values = new()
    {
        [":n"] = 9,
        [":a"] = new AttributeValue.SS("a"),
        [":ab"] = new AttributeValue.SS("a", "b"),
    };

    [Theory]
    [InlineData("SET M.a = :n", """{"M":{"M":{"a":{"N":"1"}}}}""", """{"M":{"M":{"a":{"N":"9"}}}}""")]
    [InlineData("SET M.a = :n, M.c.d = N", """{"M":{"M":{"a":{"N":"1"},"c":{"M":{"d":{"S":"x"}}}}}}""",
        """{"M":{"M":{"a":{"N":"9"},"c":{"M":{"d":{"N":"1"}}}}}}""")]
    [InlineData("SET M.z = :n", null, """{"M":{"M":{"z":{"N":"9"}}}}""")]
    [InlineData("REMOVE M.a", """{"M":{"M":{"a":{"N":"1"}}}}""", null)]
    [InlineData("SET L[2] = :n, L[0] = :n", """{"L":{"L":[{"N":"0"},{"N":"2"}]}}""", """{"L":{"L":[{"N":"9"},{"N":"9"}]}}""")]
    [InlineData("SET L[7] = :n", null, null)]
    [InlineData("REMOVE L[2]", """{"L":{"L":[{"N":"2"}]}}""", null)]
    [InlineData("DELETE T :a", """{"T":{"SS":["a","b"]}}""", """{"T":{"SS":["b"]}}""")]
    [InlineData("DELETE T :ab", """{"T":{"SS":["a","b"]}}""", null)]
    [InlineData("ADD N :n, Q :n", """{"N":{"N":"1"}}""", """{"N":{"N":"10"},"Q":{"N":"9"}}""")]
    [InlineData("SET N = :n REMOVE Q", """{"N":{"N":"1"}}""", """{"N":{"N":"9"}}""")]
    public async Task Updated_attributes_are_returned_by_the_paths_of_the_update(
        string update, string? updatedOld, string? updatedNew)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        var returned = new List<AttributeMap?>();
        foreach (var asked in (ReturnValue[])[ReturnValue.UPDATED_OLD, ReturnValue.UPDATED_NEW])
        {
            await Host.PutAsync(table, Old);
            returned.Add((await UpdateAsync(table, update, asked)).Attributes);
        }

        Equals(returned[0], Parsed(updatedOld)).Should().BeTrue("it returned {0}", returned[0]);
        Equals(returned[1], Parsed(updatedNew)).Should().BeTrue("it returned {0}", returned[1]);
    }

    [Theory]
    [InlineData(ReturnValue.NONE, null)]
    [InlineData(ReturnValue.ALL_OLD, null)]
    [InlineData(ReturnValue.UPDATED_OLD, null)]
    [InlineData(ReturnValue.UPDATED_NEW, """{"A":{"N":"9"},"T":{"SS":["a"]}}""")]
    [InlineData(ReturnValue.ALL_NEW, """{"Id":{"S":"1"},"A":{"N":"9"},"T":{"SS":["a"]}}""")]
    public async Task Update_of_a_missing_item_returns_what_was_asked_for(ReturnValue asked, string? expected)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var response = await UpdateAsync(table, "SET A = :n ADD T :a REMOVE Q", asked);

        Equals(response.Attributes, Parsed(expected)).Should().BeTrue("it returned {0}", response.Attributes);
    }

    [Theory]
    [InlineData("REMOVE A")]
    [InlineData("DELETE T :a")]
    [InlineData("REMOVE A DELETE T :a")]
    public async Task Update_that_only_takes_away_leaves_a_missing_item_missing(string update)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ById", "Id:S"));
        var before = await Host.RowsAsync();

        var response = await UpdateAsync(table, update, ReturnValue.ALL_NEW);

        response.Attributes.Should().BeNull();
        (await Host.RowsAsync()).Should().Be(before);
    }

    [Theory]
    [InlineData(ReturnValue.NONE, false)]
    [InlineData(ReturnValue.ALL_OLD, false)]
    [InlineData(ReturnValue.UPDATED_OLD, false)]
    [InlineData(ReturnValue.UPDATED_NEW, false)]
    [InlineData(ReturnValue.ALL_NEW, true)]
    public async Task Update_without_an_expression_creates_the_item(ReturnValue asked, bool returnsKey)
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ById", "Id:S"));

        var response = await Host.Db.UpdateItemAsync(new(table.Name, Key) { ReturnValues = asked });

        Equals(response.Attributes, returnsKey ? Key : null).Should().BeTrue();
        (await Host.GetAsync(table.Name, Key)).Should().Equal(Key);
        (await Host.MarkersAsync(table)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(ReturnValue.UPDATED_OLD, false)]
    [InlineData(ReturnValue.UPDATED_NEW, false)]
    [InlineData(ReturnValue.ALL_OLD, true)]
    [InlineData(ReturnValue.ALL_NEW, true)]
    public async Task Update_without_an_expression_leaves_a_stored_item_as_it_is(ReturnValue asked, bool returnsItem)
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ById", "Id:S"));
        await Host.PutAsync(table.Name, Old);

        var response = await Host.Db.UpdateItemAsync(new(table.Name, Key) { ReturnValues = asked });

        Equals(response.Attributes, returnsItem ? Old : null).Should().BeTrue();
        (await Host.GetAsync(table.Name, Key)).Should().Equal(Old);
        (await Host.MarkersAsync(table)).Should().ContainSingle("only the put is a change");
    }

    [Theory]
    [InlineData("REMOVE Q.a")]
    [InlineData("REMOVE Q[0], R.a[1].b")]
    public async Task Removal_below_a_path_of_an_item_that_is_not_there_does_nothing(string update)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        await Host.Db.UpdateItemAsync(new(table, Key) { UpdateExpression = update });
        await Host.Db.TransactWriteItemsAsync(new([new() { Update = new(table, Key, update) }]));

        (await Host.GetAsync(table, Key)).Should().BeNull();
    }

    [Fact]
    public async Task Removal_below_a_path_does_not_keep_an_update_from_creating_the_item()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        await Host.Db.UpdateItemAsync(new(table, Key) { UpdateExpression = "REMOVE Q.a SET Z = Id" });

        (await Host.GetAsync(table, Key)).Should().Equal(Key.With("Z", "1"));
    }

    [Fact]
    public async Task Right_hand_sides_see_the_item_as_it_was()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, Key.With("A", 1).With("B", 2));

        await Host.Db.UpdateItemAsync(new(table, Key) { UpdateExpression = "SET A = B, B = A + A" });

        (await Host.GetAsync(table, Key)).Should().Equal(Key.With("A", 2).With("B", 2));
    }

    [Theory]
    [InlineData("SET Q.a = :n, Z = Id", "The document path provided in the update expression is invalid for update")]
    [InlineData("SET A = B, Z = Id", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET A = if_not_exists(N, B), Z = Id", "The provided expression refers to an attribute that does not exist in the item")]
    [InlineData("SET A = T + :n, Z = Id", "An operand in the update expression has an incorrect data type")]
    [InlineData("ADD N :a SET Z = Id", "An operand in the update expression has an incorrect data type")]
    public async Task Update_that_does_not_suit_the_stored_item_changes_nothing(string update, string message)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S").WithGlobal("ByZ", "Z:S"));
        await Host.PutAsync(table, Old);
        var before = await Host.RowsAsync();

        var refused = () => UpdateAsync(table, update, ReturnValue.NONE);

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
        (await Host.GetAsync(table, Key)).Should().Equal(Old);
        (await Host.RowsAsync()).Should().Be(before);
    }

    private static AttributeMap? Parsed(string? json) => json is null ? null : ItemJson.Map(json);

    private Task<UpdateItemResponse> UpdateAsync(string table, string update, ReturnValue asked)
    {
        var used = new AttributeMap(Values.Where(value => update.Split(' ', ',').Contains(value.Key)));
        return Host.Db.UpdateItemAsync(new(table, Key)
        {
            UpdateExpression = update,
            ExpressionAttributeValues = used.Count == 0 ? null : used,
            ReturnValues = asked,
        });
    }
}
