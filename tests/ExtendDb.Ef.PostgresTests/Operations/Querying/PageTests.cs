using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

public class PageTests(OperationsFixture database) : OperationsTests(database)
{
    private const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData("", true)]
    [InlineData("", false)]
    [InlineData("HashOnly", true)]
    [InlineData("HashOnly", false)]
    [InlineData("SameSort", true)]
    [InlineData("SameSort", false)]
    [InlineData("Local", true)]
    [InlineData("Local", false)]
    public async Task Pages_of_every_size_lose_nothing_and_repeat_nothing(string where, bool forward)
    {
        var table = await EqualKeysAsync();
        var query = (where switch
        {
            "" => OperationsQuery.Of(table, ("Hash", Condition.EqualTo("h"))),
            "Local" => OperationsQuery.OfIndex(table, "Local", ("Hash", Condition.EqualTo("h"))),
            _ => OperationsQuery.OfIndex(table, where, ("Group", Condition.EqualTo("g"))),
        }) with
        { ScanIndexForward = forward };
        var whole = await Host.QueryAllAsync(query);

        var sizes = Enumerable.Range(1, whole.Count + 1).ToList();
        var paged = await Task.WhenAll(sizes.Select(size => Host.QueryAllAsync(query with { Limit = size })));

        whole.Should().HaveCount(where is "" or "Local" ? 8 : 24);
        paged.Should().OnlyContain(items => items.SequenceEqual(whole));
    }

    [Fact]
    public async Task Backward_is_forward_turned_round_also_among_equal_keys()
    {
        var table = await EqualKeysAsync();
        var query = OperationsQuery.OfIndex(table, "HashOnly", ("Group", Condition.EqualTo("g")));

        var backward = await Host.QueryAllAsync(query with { ScanIndexForward = false, Limit = 5 });

        backward.Should().Equal(Enumerable.Reverse(await Host.QueryAllAsync(query)));
    }

    [Fact]
    public async Task LastEvaluatedKey_of_an_index_holds_its_key_and_the_key_of_the_table()
    {
        var table = await EqualKeysAsync();

        var page = await Host.Db.QueryAsync(
            OperationsQuery.OfIndex(table, "SameSort", ("Group", Condition.EqualTo("g"))) with { Limit = 1 });

        page.LastEvaluatedKey!.Keys.Should().BeEquivalentTo("Hash", "Sort", "Group", "Same");
    }

    [Fact]
    public async Task Limit_reached_exactly_at_the_end_gives_a_key_and_then_an_empty_page()
    {
        var table = await EqualKeysAsync();
        var query = OperationsQuery.Of(table, ("Hash", Condition.EqualTo("h"))) with { Limit = 8 };

        var page = await Host.Db.QueryAsync(query);
        var next = await Host.Db.QueryAsync(query with { ExclusiveStartKey = page.LastEvaluatedKey });

        page.LastEvaluatedKey.Should().NotBeNull();
        (next.Count, next.LastEvaluatedKey).Should().Be((0, null));
    }

    [Fact]
    public async Task Limit_beyond_the_end_gives_no_key()
    {
        var table = await EqualKeysAsync();

        var page = await Host.Db.QueryAsync(OperationsQuery.Of(table, ("Hash", Condition.EqualTo("h"))) with { Limit = 9 });

        page.LastEvaluatedKey.Should().BeNull();
    }

    [Fact]
    public async Task Page_goes_on_behind_a_key_that_has_been_deleted()
    {
        var table = await EqualKeysAsync();
        var query = OperationsQuery.Of(table, ("Hash", Condition.EqualTo("h")));
        var whole = await Host.QueryAllAsync(query);
        var page = await Host.Db.QueryAsync(query with { Limit = 3 });
        await Host.Db.DeleteItemAsync(new(table, page.LastEvaluatedKey!));

        var next = await Host.Db.QueryAsync(query with { ExclusiveStartKey = page.LastEvaluatedKey });

        next.Items.Should().Equal(whole[3..]);
    }

    [Theory]
    [InlineData("table", true)]
    [InlineData("table", false)]
    [InlineData("index", true)]
    [InlineData("index", false)]
    [InlineData("scan", true)]
    public async Task Pages_of_big_items_are_at_most_a_megabyte_and_complete(string where, bool forward)
    {
        var table = await FilledAsync(count: 10, bytes: 300 * 1024);

        var pages = await PagesAsync(table, where, forward);

        pages.Should().OnlyContain(page => page.Sum(ItemSize.Of) <= Megabyte);
        pages.Select(page => page.Count).Should().Equal(3, 3, 3, 1);
        pages.SelectMany(page => page).Distinct().Should().HaveCount(10);
    }

    [Theory]
    [InlineData("table", true)]
    [InlineData("table", false)]
    [InlineData("index", true)]
    [InlineData("scan", true)]
    public async Task Pages_of_small_items_are_full_and_complete(string where, bool forward)
    {
        var table = await FilledAsync(count: 3_000, bytes: 700);

        var pages = await PagesAsync(table, where, forward);

        var largest = ItemSize.Of(pages[0][0]) + 4;
        pages.Should().OnlyContain(page => page.Sum(ItemSize.Of) <= Megabyte);
        pages.SkipLast(1).Should().OnlyContain(page => page.Sum(ItemSize.Of) > Megabyte - largest);
        pages.SelectMany(page => page).Distinct().Should().HaveCount(3_000);
    }

    [Fact]
    public async Task Page_on_an_index_counts_what_the_index_projects()
    {
        var table = await FilledAsync(count: 10, bytes: 300 * 1024);

        var page = await Host.Db.QueryAsync(OperationsQuery.OfIndex(table, "Keys", ("Group", Condition.EqualTo("g"))));

        (page.Count, page.LastEvaluatedKey).Should().Be((10, null));
    }

    [Theory]
    [InlineData("missing", "The provided starting key is invalid*")]
    [InlineData("extra", "The provided starting key is invalid*")]
    [InlineData("mistyped", "The provided starting key is invalid*")]
    [InlineData("empty", "The provided starting key is invalid*")]
    [InlineData("table key on index", "The provided starting key is invalid*")]
    [InlineData("index key on table", "The provided starting key is invalid*")]
    [InlineData("other partition", "The provided starting key is outside query boundaries*")]
    [InlineData("out of range", "The provided starting key does not match the range key predicate")]
    [InlineData("scan with index key", "The provided starting key is invalid*")]
    public async Task ExclusiveStartKey_that_does_not_fit_is_refused(string how, string message)
    {
        var table = await EqualKeysAsync();
        var key = new AttributeMap { ["Hash"] = "h", ["Sort"] = 1 };
        var entry = key.With("Group", "g");
        var query = OperationsQuery.Of(table, ("Hash", Condition.EqualTo("h")));
        var onIndex = OperationsQuery.OfIndex(table, "HashOnly", ("Group", Condition.EqualTo("g")));

        Task Run() => how switch
        {
            "missing" => Host.Db.QueryAsync(query with { ExclusiveStartKey = key.Without("Sort") }),
            "extra" => Host.Db.QueryAsync(query with { ExclusiveStartKey = key.With("Extra", 1) }),
            "mistyped" => Host.Db.QueryAsync(query with { ExclusiveStartKey = key.With("Sort", "1") }),
            "empty" => Host.Db.QueryAsync(query with { ExclusiveStartKey = key.With("Hash", "") }),
            "table key on index" => Host.Db.QueryAsync(onIndex with { ExclusiveStartKey = key }),
            "index key on table" => Host.Db.QueryAsync(query with { ExclusiveStartKey = entry }),
            "other partition" => Host.Db.QueryAsync(query with { ExclusiveStartKey = key.With("Hash", "x") }),
            "out of range" => Host.Db.QueryAsync(
                OperationsQuery.Of(table, ("Hash", Condition.EqualTo("h")), ("Sort", Condition.GreaterThan(5)))
                    with
                { ExclusiveStartKey = key }),
            _ => Host.Db.ScanAsync(new(table) { ExclusiveStartKey = entry }),
        };

        var refused = Run;

        await refused.Should().ThrowAsync<ValidationException>().WithMessage(message);
    }

    [Fact]
    public async Task Scan_pages_of_every_size_lose_nothing_and_repeat_nothing()
    {
        var table = await EqualKeysAsync();
        var whole = await Host.ScanAllAsync(new(table));

        var paged = await Task.WhenAll(Enumerable.Range(1, 25).Select(size => Host.ScanAllAsync(new(table) { Limit = size })));

        whole.Should().HaveCount(24);
        paged.Should().OnlyContain(items => items.SequenceEqual(whole));
    }

    [Fact]
    public async Task Scan_of_an_empty_table_is_one_empty_page()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var page = await Host.Db.ScanAsync(new(table));

        (page.Count, page.LastEvaluatedKey).Should().Be((0, null));
    }

    [Fact]
    public async Task Scan_with_limit_0_is_refused()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));

        var refused = () => Host.Db.ScanAsync(new(table) { Limit = 0 });

        await refused.Should().ThrowAsync<ValidationException>().WithMessage("*'limit'*");
    }

    private async Task<List<IReadOnlyList<AttributeMap>>> PagesAsync(string table, string where, bool forward)
    {
        var pages = new List<IReadOnlyList<AttributeMap>>();
        AttributeMap? start = null;
        do
        {
            var (items, last) = where switch
            {
                "scan" => await ScanAsync(),
                "table" => await QueryAsync(OperationsQuery.Of(table, ("Hash", Condition.EqualTo("h")))),
                _ => await QueryAsync(OperationsQuery.OfIndex(table, "All", ("Group", Condition.EqualTo("g")))),
            };
            pages.Add(items);
            start = last;
        }
        while (start is not null);
        return pages;

        async Task<(IReadOnlyList<AttributeMap>, AttributeMap?)> ScanAsync()
        {
            var page = await Host.Db.ScanAsync(new(table) { ExclusiveStartKey = start });
            return (page.Items, page.LastEvaluatedKey);
        }

        async Task<(IReadOnlyList<AttributeMap>, AttributeMap?)> QueryAsync(QueryRequest query)
        {
            var page = await Host.Db.QueryAsync(query with { ExclusiveStartKey = start, ScanIndexForward = forward });
            return (page.Items, page.LastEvaluatedKey);
        }
    }

    /// <summary>Three partitions of eight items, all with one key of the global indexes.</summary>
    private async Task<string> EqualKeysAsync()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Hash:S Sort:N")
            .WithLocal("Local", "Hash:S Same:N")
            .WithGlobal("HashOnly", "Group:S", delayMs: 0)
            .WithGlobal("SameSort", "Group:S Same:N", delayMs: 0));
        await SaveAsync(table, Enumerable.Range(0, 24).Select(i => new AttributeMap
        {
            ["Hash"] = $"{"hij"[i % 3]}",
            ["Sort"] = i / 3,
            ["Group"] = "g",
            ["Same"] = 7,
        }));
        return table.Name;
    }

    private async Task<string> FilledAsync(int count, int bytes)
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Hash:S Sort:N")
            .WithGlobal("All", "Group:S", delayMs: 0).WithGlobal("Keys", "Group:S", Projection.KeysOnly, delayMs: 0));
        await SaveAsync(table, Enumerable.Range(0, count).Select(i => new AttributeMap
        {
            ["Hash"] = "h",
            ["Sort"] = i,
            ["Group"] = "g",
            ["Data"] = new byte[bytes],
        }));
        return table.Name;
    }

    private async Task SaveAsync(TableDefinition table, IEnumerable<AttributeMap> items)
    {
        await using var context = Host.CreateContext();
        context.AddRange(items.Select(item => Item.Create(table, item)));
        await context.SaveChangesAsync();
    }
}
