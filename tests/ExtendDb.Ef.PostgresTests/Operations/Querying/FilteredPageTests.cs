using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>What a filter, a projection and Select leave of a page once it is cut.</summary>
public class FilteredPageTests(OperationsFixture database) : OperationsTests(database)
{
    private delegate Task<(IReadOnlyList<AttributeMap> Items, int Count, int Scanned, AttributeMap? Last)> Read(
        string? filter = null, Condition? legacy = null, int? limit = null, Select? select = null);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Limit_counts_items_before_the_filter(bool scan)
    {
        var read = await ReaderAsync(scan);

        var byExpression = await read("N > :four", limit: 5);
        var byOlderForm = await read(legacy: Condition.GreaterThan(4), limit: 5);

        foreach (var page in new[] { byExpression, byOlderForm })
        {
            page.Items.Select(item => item["N"]).Should().Equal((AttributeValue)5);
            (page.Count, page.Scanned).Should().Be((1, 5));
            page.Last.Should().Equal(new AttributeMap { ["P"] = "h", ["S"] = 5 });
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Filter_that_drops_all_leaves_the_counts_and_the_key(bool scan)
    {
        var read = await ReaderAsync(scan);

        var page = await read("N > :four AND N < :four", limit: 3);

        page.Items.Should().BeEmpty();
        (page.Count, page.Scanned).Should().Be((0, 3));
        page.Last.Should().Equal(new AttributeMap { ["P"] = "h", ["S"] = 3 });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Count_gives_the_numbers_without_the_items(bool scan)
    {
        var read = await ReaderAsync(scan);

        var all = await read(select: Select.COUNT);
        var some = await read("N > :four", select: Select.COUNT);

        (all.Items.Count, all.Count, all.Scanned, all.Last).Should().Be((0, 8, 8, null));
        (some.Items.Count, some.Count, some.Scanned, some.Last).Should().Be((0, 4, 8, null));
    }

    [Fact]
    public async Task Older_conditions_go_with_a_new_filter_and_projection()
    {
        var table = await TableAsync();

        var page = await Host.Db.QueryAsync(OperationsQuery.Of(table, ("P", Condition.EqualTo("h"))) with
        {
            FilterExpression = "N = :n",
            ProjectionExpression = "#l[1], M.a",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#l"] = "List" },
            ExpressionAttributeValues = new AttributeMap { [":n"] = 3 },
        });

        page.Items.Should().Equal(new AttributeMap
        {
            ["List"] = new AttributeValue.L("y"),
            ["M"] = new AttributeMap { ["a"] = 1 },
        });
        (page.Count, page.ScannedCount).Should().Be((1, 8));
    }

    [Fact]
    public async Task Filter_sees_attributes_that_the_projection_leaves_out_and_an_item_without_any_is_empty()
    {
        var table = await TableAsync();

        var page = await Host.Db.ScanAsync(new(table)
        {
            FilterExpression = "N IN (:n)",
            ProjectionExpression = "Nothing",
            ExpressionAttributeValues = new AttributeMap { [":n"] = 3 },
        });

        page.Items.Should().Equal(AttributeMap.Empty);
    }

    [Fact]
    public async Task AttributesToGet_are_the_attributes_that_are_given()
    {
        var table = await TableAsync();

        var page = await Host.Db.QueryAsync(OperationsQuery.Of(table, ("P", Condition.EqualTo("h"))) with
        {
            AttributesToGet = ["N", "Nothing", "M.a"],
            Limit = 1,
            Select = Select.SPECIFIC_ATTRIBUTES,
        });

        page.Items.Should().Equal(new AttributeMap { ["N"] = 1 });
    }

    [Fact]
    public async Task Older_filters_are_joined_as_asked()
    {
        var table = await TableAsync();
        var query = OperationsQuery.Of(table, ("P", Condition.EqualTo("h"))) with
        {
            Select = Select.COUNT,
            QueryFilter = new Dictionary<string, Condition>
            {
                ["N"] = Condition.GreaterThan(6),
                ["Nothing"] = new(ComparisonOperator.NOT_NULL),
            },
        };

        var both = await Host.Db.QueryAsync(query);
        var either = await Host.Db.QueryAsync(query with { ConditionalOperator = ConditionalOperator.OR });

        (both.Count, either.Count).Should().Be((0, 2));
    }

    [Fact]
    public async Task Scan_can_filter_by_key_attributes()
    {
        var table = await TableAsync();

        var page = await Host.Db.ScanAsync(new(table)
        {
            FilterExpression = "P = :p AND S BETWEEN :a AND :b",
            ExpressionAttributeValues = new AttributeMap { [":p"] = "h", [":a"] = 2, [":b"] = 3 },
        });

        (page.Count, page.ScannedCount).Should().Be((2, 8));
    }

    [Fact]
    public async Task Query_of_an_index_can_filter_by_the_keys_of_the_table()
    {
        var table = await TableAsync();

        var page = await Host.Db.QueryAsync(OperationsQuery.OfIndex(table, "Local", ("P", Condition.EqualTo("h"))) with
        {
            FilterExpression = "S > :n",
            ExpressionAttributeValues = new AttributeMap { [":n"] = 6 },
        });

        (page.Count, page.ScannedCount).Should().Be((2, 8));
    }

    [Theory]
    [InlineData(null, "P S N")]
    [InlineData(Select.ALL_PROJECTED_ATTRIBUTES, "P S N")]
    [InlineData(Select.ALL_ATTRIBUTES, "P S N M List")]
    [InlineData(Select.COUNT, null)]
    public async Task Local_index_gives_what_is_selected(Select? select, string? attributes)
    {
        var table = await TableAsync();

        var page = await Host.Db.QueryAsync(
            OperationsQuery.OfIndex(table, "Keys", ("P", Condition.EqualTo("h"))) with { Select = select });

        page.Count.Should().Be(8);
        page.Items.Should().HaveCount(attributes is null ? 0 : 8);
        page.Items.Should().NotContain(item => !item.Keys.ToHashSet().SetEquals(attributes!.Split(' ')));
    }

    [Fact]
    public async Task Limit_that_a_scan_reaches_exactly_at_the_end_gives_a_key_and_then_an_empty_page()
    {
        var table = await TableAsync();

        var page = await Host.Db.ScanAsync(new(table) { Limit = 8 });
        var next = await Host.Db.ScanAsync(new(table) { Limit = 8, ExclusiveStartKey = page.LastEvaluatedKey });

        page.LastEvaluatedKey.Should().NotBeNull();
        (next.Count, next.ScannedCount, next.LastEvaluatedKey).Should().Be((0, 0, null));
    }

    private async Task<Read> ReaderAsync(bool scan)
    {
        var table = await TableAsync();
        return async (filter, legacy, limit, select) =>
        {
            var values = filter is null ? null : new AttributeMap { [":four"] = 4 };
            var older = legacy is null ? null : new Dictionary<string, Condition> { ["N"] = legacy };
            if (scan)
            {
                var scanned = await Host.Db.ScanAsync(new(table)
                {
                    FilterExpression = filter,
                    ExpressionAttributeValues = values,
                    ScanFilter = older,
                    Limit = limit,
                    Select = select,
                });
                return (scanned.Items, scanned.Count, scanned.ScannedCount, scanned.LastEvaluatedKey);
            }

            var page = await Host.Db.QueryAsync(OperationsQuery.Of(table, ("P", Condition.EqualTo("h"))) with
            {
                FilterExpression = filter,
                ExpressionAttributeValues = values,
                QueryFilter = older,
                Limit = limit,
                Select = select,
            });
            return (page.Items, page.Count, page.ScannedCount, page.LastEvaluatedKey);
        };
    }

    /// <summary>Makes a table with one partition of eight items, whose N is their sort key.</summary>
    private async Task<string> TableAsync()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("P:S S:N")
            .WithLocal("Local", "P:S N:N").WithLocal("Keys", "P:S N:N", Projection.KeysOnly));
        await using var context = Host.CreateContext();
        context.AddRange(Enumerable.Range(1, 8).Select(i => Item.Create(table, new()
        {
            ["P"] = "h",
            ["S"] = i,
            ["N"] = i,
            ["M"] = new AttributeMap { ["a"] = 1, ["b"] = 2 },
            ["List"] = new AttributeValue.L("x", "y", "z"),
        })));
        await context.SaveChangesAsync();
        return table.Name;
    }
}
