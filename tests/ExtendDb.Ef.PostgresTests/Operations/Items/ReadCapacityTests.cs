using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>The capacity units that DynamoDB counts for reads by key, and what projections leave of the items.</summary>
public class ReadCapacityTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Key = new() { ["P"] = "p" };

    [Theory]
    [InlineData(null, false, 0.5)]
    [InlineData(null, true, 1)]
    [InlineData(4096, false, 0.5)]
    [InlineData(4096, true, 1)]
    [InlineData(4097, false, 1)]
    [InlineData(4097, true, 2)]
    [InlineData(12_289, false, 2)]
    public async Task Read_costs_a_unit_for_each_4_KB_of_the_whole_item_and_half_of_it_when_eventual(
        int? bytes, bool consistent, double units)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S").WithGlobal("ByP", "P:S"));
        if (bytes is { } size)
        {
            await Host.PutAsync(table, Key.With("D", new byte[size - 3]));
        }

        var response = await Host.Db.GetItemAsync(new(table, Key)
        {
            ConsistentRead = consistent,
            ProjectionExpression = "P",
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });

        response.ConsumedCapacity.Should().Be(new ConsumedCapacity(table, units) { Table = new(units) });
    }

    [Fact]
    public async Task Batch_rounds_each_item_and_counts_missing_ones()
    {
        var (first, second) = (await Host.CreateAsync(OperationsTable.Of("P:S")), await Host.CreateAsync(OperationsTable.Of("P:S")));
        await Host.PutAsync(first, Key.With("D", new byte[4100]));
        await Host.PutAsync(second, Key);

        var response = await Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [first] = new([Key, Key.With("P", "missing")]),
            [second] = new([Key, Key.With("P", "missing")]) { ConsistentRead = true },
        })
        {
            ReturnConsumedCapacity = ReturnConsumedCapacity.TOTAL,
        });

        response.ConsumedCapacity.Should().BeEquivalentTo(
            new[] { new ConsumedCapacity(first, 1.5), new ConsumedCapacity(second, 2) });
    }

    [Theory]
    [InlineData("A", """{"A":{"N":"1"}}""")]
    [InlineData("M.a, L[2], L[0]", """{"M":{"M":{"a":{"N":"1"}}},"L":{"L":[{"N":"0"},{"N":"2"}]}}""")]
    [InlineData("M.c.d, #p", """{"P":{"S":"p"},"M":{"M":{"c":{"M":{"d":{"S":"x"}}}}}}""")]
    [InlineData("L[1].a, L[9], A.b, Q", "{}")]
    public async Task Projection_keeps_the_paths_that_are_there(string projection, string expected)
    {
        var table = await StoredAsync();
        var names = projection.Contains("#p", StringComparison.Ordinal) ? new Dictionary<string, string> { ["#p"] = "P" } : null;

        var got = await Host.Db.GetItemAsync(new(table, Key)
        {
            ProjectionExpression = projection,
            ExpressionAttributeNames = names,
        });
        var batch = await Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [table] = new([Key]) { ProjectionExpression = projection, ExpressionAttributeNames = names },
        }));

        got.Item.Should().Equal(ItemJson.Map(expected));
        batch.Responses[table].Should().Equal(ItemJson.Map(expected));
    }

    [Theory]
    [InlineData("A P", """{"A":{"N":"1"},"P":{"S":"p"}}""")]
    [InlineData("M.a", "{}")]
    [InlineData("Q", "{}")]
    public async Task AttributesToGet_keeps_whole_attributes(string attributes, string expected)
    {
        var table = await StoredAsync();

        var got = await Host.Db.GetItemAsync(new(table, Key) { AttributesToGet = attributes.Split(' ') });
        var batch = await Host.Db.BatchGetItemAsync(new(new Dictionary<string, KeysAndAttributes>
        {
            [table] = new([Key]) { AttributesToGet = attributes.Split(' ') },
        }));

        got.Item.Should().Equal(ItemJson.Map(expected));
        batch.Responses[table].Should().Equal(ItemJson.Map(expected));
    }

    [Fact]
    public async Task Missing_item_is_no_item_whatever_the_projection()
    {
        var table = await StoredAsync();

        var got = await Host.Db.GetItemAsync(new(table, Key.With("P", "missing")) { ProjectionExpression = "A" });

        got.Item.Should().BeNull();
    }

    private async Task<string> StoredAsync()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S"));
        await Host.PutAsync(table, ItemJson.Map("""
            {"P":{"S":"p"},"A":{"N":"1"},"M":{"M":{"a":{"N":"1"},"b":{"N":"2"},"c":{"M":{"d":{"S":"x"}}}}},
             "L":{"L":[{"N":"0"},{"N":"1"},{"N":"2"}]}}
            """));
        return table;
    }
}
