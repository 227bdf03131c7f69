using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>What a local index does not project is read from the table.</summary>
public class LocalIndexFetchTests(OperationsFixture database) : OperationsTests(database)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task All_attributes_come_in_the_order_of_the_index(bool forward)
    {
        var table = await TableAsync(count: 6, bytes: 10);

        var found = await Host.QueryAllAsync(Query(table) with
        {
            Select = Select.ALL_ATTRIBUTES,
            ScanIndexForward = forward,
            Limit = 2,
        });

        found.Select(item => item["L"]).Should().Equal(Numbers(forward ? [1, 2, 3, 4, 5, 6] : [6, 5, 4, 3, 2, 1]));
        found.Should().OnlyContain(item => item.ContainsKey("D") && item.ContainsKey("M"));
    }

    [Fact]
    public async Task Projection_on_what_the_index_lacks_is_fulfilled()
    {
        var table = await TableAsync(count: 2, bytes: 10);

        var found = await Host.QueryAllAsync(Query(table) with { ProjectionExpression = "M.a, L" });

        found.Should().Equal(
            new AttributeMap { ["L"] = 1, ["M"] = new AttributeMap { ["a"] = 1 } },
            new AttributeMap { ["L"] = 2, ["M"] = new AttributeMap { ["a"] = 1 } });
    }

    [Fact]
    public async Task Scan_gives_all_attributes_of_the_items_that_are_in_the_index()
    {
        var table = await TableAsync(count: 3, bytes: 10);
        await Host.PutAsync(table, new() { ["P"] = "h", ["S"] = 99 });

        var page = await Host.Db.ScanAsync(new(table) { IndexName = "Keys", Select = Select.ALL_ATTRIBUTES });

        page.Items.Select(item => item["S"]).Should().BeEquivalentTo(Numbers(-1, -2, -3));
        page.Items.Should().OnlyContain(item => item.ContainsKey("D"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_are_bounded_by_the_items_that_are_read(bool scan)
    {
        var table = await TableAsync(count: 7, bytes: 300 * 1024);
        var counts = new List<int>();
        AttributeMap? start = null;

        do
        {
            var (count, last) = scan ? await ScanAsync() : await QueryAsync();
            counts.Add(count);
            start = last;
        }
        while (start is not null);

        counts.Should().Equal(3, 3, 1);

        async Task<(int, AttributeMap?)> ScanAsync()
        {
            var page = await Host.Db.ScanAsync(new(table)
            {
                IndexName = "Keys",
                Select = Select.ALL_ATTRIBUTES,
                ExclusiveStartKey = start,
            });
            return (page.Count, page.LastEvaluatedKey);
        }

        async Task<(int, AttributeMap?)> QueryAsync()
        {
            var page = await Host.Db.QueryAsync(
                Query(table) with { Select = Select.ALL_ATTRIBUTES, ExclusiveStartKey = start });
            return (page.Count, page.LastEvaluatedKey);
        }
    }

    [Theory]
    [InlineData(false, 0.5, 3.0)]
    [InlineData(true, 1, 6)]
    public async Task Each_fetched_item_is_charged_to_the_table(bool consistent, double index, double items)
    {
        var table = await TableAsync(count: 3, bytes: 5_000);

        var page = await Host.Db.QueryAsync(Query(table) with
        {
            Select = Select.ALL_ATTRIBUTES,
            ConsistentRead = consistent,
            ReturnConsumedCapacity = ReturnConsumedCapacity.INDEXES,
        });

        page.ConsumedCapacity.Should().BeEquivalentTo(new ConsumedCapacity(table, index + items)
        {
            Table = new(items),
            LocalSecondaryIndexes = new Dictionary<string, Capacity> { ["Keys"] = new(index) },
        });
    }

    private static QueryRequest Query(string table) =>
        OperationsQuery.OfIndex(table, "Keys", ("P", Condition.EqualTo("h")));

    private static IEnumerable<AttributeValue> Numbers(params int[] numbers) => numbers.Select(n => (AttributeValue)n);

    private async Task<string> TableAsync(int count, int bytes)
    {
        var table = await Host.DefineAsync(OperationsTable.Of("P:S S:N").WithLocal("Keys", "P:S L:N", Projection.KeysOnly));
        await using var context = Host.CreateContext();
        context.AddRange(Enumerable.Range(1, count).Select(i => Item.Create(table, new()
        {
            ["P"] = "h",
            ["S"] = -i,
            ["L"] = i,
            ["D"] = new byte[bytes],
            ["M"] = new AttributeMap { ["a"] = 1, ["b"] = 2 },
        })));
        await context.SaveChangesAsync();
        return table.Name;
    }
}
