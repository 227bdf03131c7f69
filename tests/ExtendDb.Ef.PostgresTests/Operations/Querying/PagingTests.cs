using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>Loops over all pages of a Query or a Scan.</summary>
public class PagingTests(OperationsFixture database) : OperationsTests(database)
{
    private const int Items = 25;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Query_returns_the_items_of_all_pages_in_order(int limit)
    {
        var table = await FilledAsync();

        var found = await ListAsync(Host.Db.QueryItemsAsync(Query(table) with { Limit = limit }));

        found.Select(item => item["Sort"]).Should().Equal(Enumerable.Range(0, Items).Select(n => (AttributeValue)n));
    }

    [Fact]
    public async Task Query_begins_behind_the_start_key_of_the_request()
    {
        var table = await FilledAsync();

        var found = await ListAsync(Host.Db.QueryItemsAsync(Query(table) with { Limit = 4, ExclusiveStartKey = Key(19) }));

        found.Select(item => item["Sort"]).Should().Equal(Enumerable.Range(20, 5).Select(n => (AttributeValue)n));
    }

    [Fact]
    public async Task Loop_that_ends_reads_no_further_page()
    {
        var table = await FilledAsync();
        using var trips = new RoundTrips();

        await foreach (var item in Host.Db.QueryItemsAsync(Query(table) with { Limit = 4 }))
        {
            if (item["Sort"].Equals((AttributeValue)5))
            {
                break;
            }
        }

        trips.Commands.Should().HaveCount(2);
    }

    [Fact]
    public async Task Page_whose_items_the_filter_drops_does_not_end_the_loop()
    {
        var table = await FilledAsync();

        var found = await ListAsync(Host.Db.ScanItemsAsync(new(table)
        {
            Limit = 3,
            FilterExpression = "Sort = :last",
            ExpressionAttributeValues = new AttributeMap { [":last"] = Items - 1 },
        }));

        found.Should().ContainSingle().Which["Sort"].Should().Be((AttributeValue)(Items - 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public async Task Parallel_scan_returns_each_item_once(int segments)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        foreach (var n in Enumerable.Range(0, Items))
        {
            await Host.PutAsync(table, new() { ["Id"] = $"{n}" });
        }

        var found = await ListAsync(Host.Db.ScanItemsAsync(new(table) { Limit = 2 }, segments));

        found.Select(item => item["Id"]).Should().BeEquivalentTo(Enumerable.Range(0, Items).Select(n => (AttributeValue)$"{n}"));
    }

    [Fact]
    public async Task Parallel_scan_fails_with_the_error_of_a_segment()
    {
        var scan = () => ListAsync(Host.Db.ScanItemsAsync(new("NotThere"), segments: 4));

        await scan.Should().ThrowAsync<ResourceNotFoundException>();
    }

    [Fact]
    public async Task Parallel_scan_that_is_left_early_or_cancelled_ends()
    {
        var table = await FilledAsync();
        using var cancellation = new CancellationTokenSource();

        await foreach (var item in Host.Db.ScanItemsAsync(new(table) { Limit = 1 }, segments: 2))
        {
            item.Should().NotBeEmpty();
            break;
        }

        var cancelled = async () =>
        {
            await foreach (var _ in Host.Db.ScanItemsAsync(new(table) { Limit = 1 }, 2, cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        };

        await cancelled.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Parallel_scan_of_one_segment_or_from_a_key_is_refused()
    {
        var segment = () => ListAsync(Host.Db.ScanItemsAsync(new("Any") { Segment = 0, TotalSegments = 2 }, segments: 2));
        var key = () => ListAsync(Host.Db.ScanItemsAsync(new("Any") { ExclusiveStartKey = Key(1) }, segments: 2));
        var none = () => ListAsync(Host.Db.ScanItemsAsync(new("Any"), segments: 0));

        await segment.Should().ThrowAsync<ArgumentException>();
        await key.Should().ThrowAsync<ArgumentException>();
        await none.Should().ThrowAsync<ArgumentOutOfRangeException>();
    }

    private static AttributeMap Key(int n) => new() { ["Id"] = "1", ["Sort"] = n };

    private static QueryRequest Query(string table) => new(table)
    {
        KeyConditionExpression = "Id = :id",
        ExpressionAttributeValues = new AttributeMap { [":id"] = "1" },
    };

    private static async Task<List<AttributeMap>> ListAsync(IAsyncEnumerable<AttributeMap> items)
    {
        var list = new List<AttributeMap>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private async Task<string> FilledAsync()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:N"));
        foreach (var n in Enumerable.Range(0, Items))
        {
            await Host.PutAsync(table, Key(n));
        }

        return table;
    }
}
