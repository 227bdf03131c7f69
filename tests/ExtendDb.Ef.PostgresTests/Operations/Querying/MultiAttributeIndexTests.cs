using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>Global indexes whose partition key and sort key have several attributes.</summary>
public class MultiAttributeIndexTests(OperationsFixture database, ITestOutputHelper output) : OperationsTests(database)
{
    private const string Index = "ByLabel";
    private const string Key = "Label:S Region:S | Year:N Code:B Title:S";

    private static readonly AttributeMap Values = new() { [":l"] = "l", [":g"] = "eu", [":y"] = 1 };

    [Fact]
    public async Task Entries_sort_by_all_range_attributes_and_pages_of_every_size_are_exact_both_ways()
    {
        var table = await FilledAsync();
        var query = new QueryRequest(table)
        {
            IndexName = Index,
            KeyConditionExpression = "Label = :l AND #r = :g",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#r"] = "Region" },
            ExpressionAttributeValues = Values.Without(":y"),
        };

        var whole = await Host.QueryAllAsync(query);
        var paged = await Task.WhenAll(Enumerable.Range(1, whole.Count + 1).Select(n => Host.QueryAllAsync(query with { Limit = n })));
        var backward = await Task.WhenAll(Enumerable.Range(1, whole.Count + 1)
            .Select(n => Host.QueryAllAsync(query with { Limit = n, ScanIndexForward = false })));

        whole.Select(item => item["Title"]).Should().Equal("a", "a", "z", "z", "b", "b", "a");
        whole.Select(item => item["Year"]).Should().Equal(-1, 1, 1, 1, 1, 1, 1.05m);
        paged.Should().OnlyContain(items => items.SequenceEqual(whole));
        backward.Should().OnlyContain(items => items.SequenceEqual(Enumerable.Reverse(whole)));
    }

    [Theory]
    [InlineData("#y = :y", "a z z b b")]
    [InlineData("#y > :y", "a")]
    [InlineData("#y <= :y", "a a z z b b")]
    [InlineData("#y = :y AND Code = :c", "a z z")]
    [InlineData("#y = :y AND begins_with(Code, :c)", "a z z b b")]
    [InlineData("#y = :y AND Code > :c", "b b")]
    [InlineData("#y = :y AND Code = :c AND Title > :t", "z z")]
    [InlineData("#y = :y AND Code = :c AND begins_with(Title, :t)", "a")]
    [InlineData("#y = :y AND Code = :c AND Title BETWEEN :t AND :t", "a")]
    public async Task Conditions_go_from_the_left_and_end_with_a_range(string conditions, string titles)
    {
        var table = await FilledAsync();

        var found = await Host.QueryAllAsync(new QueryRequest(table)
        {
            IndexName = Index,
            KeyConditionExpression = $"Label = :l AND #r = :g AND {conditions}",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#r"] = "Region", ["#y"] = "Year" },
            ExpressionAttributeValues = new AttributeMap(
                Values.With(":c", new byte[] { 0 }).With(":t", "a").Where(v => v.Key is ":l" or ":g" || conditions.Contains(v.Key))),
            Limit = 2,
        });

        string.Join(' ', found.Select(item => ((AttributeValue.S)item["Title"]).Value)).Should().Be(titles);
    }

    [Fact]
    public async Task Older_key_conditions_name_as_many_attributes()
    {
        var table = await FilledAsync();

        var found = await Host.QueryAllAsync(OperationsQuery.OfIndex(
            table, Index, ("Label", Condition.EqualTo("l")), ("Region", Condition.EqualTo("eu")), ("Year", Condition.EqualTo(1)),
            ("Code", Condition.GreaterThan(new byte[] { 0 }))));
        var tooMany = () => Host.Db.QueryAsync(OperationsQuery.Of(
            table, ("P", Condition.EqualTo("p")), ("Year", Condition.EqualTo(1)), ("Label", Condition.EqualTo("l"))));

        found.Should().HaveCount(2);
        await tooMany.Should().ThrowAsync<ValidationException>().WithMessage("Conditions can be of length 1 or 2 only");
    }

    [Fact]
    public async Task Index_is_described_scanned_in_segments_and_holds_only_items_with_all_attributes()
    {
        var table = await FilledAsync();
        await Host.PutAsync(table, Song("without a title", 1, [0], "t").Without("Title"));
        await Host.DrainAsync();

        var described = (await Host.Db.DescribeTableAsync(new(table))).Table.GlobalSecondaryIndexes.Single();
        var segments = await Task.WhenAll(Enumerable.Range(0, 4).Select(segment =>
            Host.ScanAllAsync(new ScanRequest(table) { IndexName = Index, Segment = segment, TotalSegments = 4, Limit = 2 })));
        var page = await Host.Db.ScanAsync(new ScanRequest(table) { IndexName = Index, Limit = 1 });

        described.KeySchema.Select(e => (e.AttributeName, e.KeyType)).Should().Equal(
            ("Label", KeyType.HASH), ("Region", KeyType.HASH), ("Year", KeyType.RANGE), ("Code", KeyType.RANGE), ("Title", KeyType.RANGE));
        segments.Sum(items => items.Count).Should().Be(8);
        page.LastEvaluatedKey!.Keys.Should().BeEquivalentTo("P", "Label", "Region", "Year", "Code", "Title");
    }

    [Fact]
    public async Task Longest_incompressible_key_full_of_zeros_is_stored_beside_the_longest_key_of_a_table()
    {
        var random = SeededRandom.Printed(output);
        var table = await Host.CreateAsync(OperationsTable.Of("P:S Q:B").WithGlobal("Long", "P:S A:B B:B C:B D:B"));
        byte[] Hostile(int length) => [.. random.Bytes(length).Select(b => random.Next(2) == 0 ? (byte)0 : b)];
        AttributeMap item = new()
        {
            ["P"] = "p",
            ["Q"] = random.Bytes(1024),
            ["A"] = Hostile(1021),
            ["B"] = Hostile(1),
            ["C"] = Hostile(1),
            ["D"] = Hostile(1),
        };

        await Host.PutAsync(table, item);
        await Host.DrainAsync();

        var found = await Host.QueryAllAsync(OperationsQuery.OfIndex(
            table, "Long", ("P", Condition.EqualTo("p")), ("A", Condition.EqualTo(item["A"])), ("B", Condition.EqualTo(item["B"]))));
        found.Should().Equal(item);
        (await Host.ScalarAsync("SELECT count(*) FROM extenddb.gsi_quarantine")).Should().Be(0L);
    }

    public static TheoryData<string> Ways => ["put", "batch", "transaction", "update", "older update", "save"];

    [Theory, MemberData(nameof(Ways))]
    public async Task Values_that_are_too_long_together_are_refused_on_every_way_and_leave_nothing(string way)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S").WithGlobal("Long", "P:S A:S B:S"));
        var item = new AttributeMap { ["P"] = "p", ["A"] = new string('a', 1000), ["B"] = new string('b', 25) };
        if (way is "update" or "older update")
        {
            await Host.PutAsync(table, item.Without("B"));
        }

        var before = await Host.RowsAsync();
        var write = () => WriteAsync(way, table, item);

        var refusal = (await write.Should().ThrowAsync<Exception>()).Which;
        var text = refusal is TransactionCanceledException cancelled ? cancelled.CancellationReasons[0].Message : refusal.Message;
        text.Should().Be("Aggregate size for RANGE key attributes A, B of index Long has exceeded limit 1024 bytes, with actual size 1025 bytes");
        (await Host.RowsAsync()).Should().Be(before);
    }

    private async Task WriteAsync(string way, string table, AttributeMap item)
    {
        AttributeMap key = new() { ["P"] = item["P"] };
        switch (way)
        {
            case "put":
                await Host.PutAsync(table, item);
                break;
            case "batch":
                await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
                {
                    [table] = [WriteRequest.Put(item.With("P", "other").Without("B")), WriteRequest.Put(item)],
                }));
                break;
            case "transaction":
                await Host.Db.TransactWriteItemsAsync(new([new TransactWriteItem { Put = new(table, item) }]));
                break;
            case "update":
                await Host.Db.UpdateItemAsync(new(table, key)
                {
                    UpdateExpression = "SET B = :b",
                    ExpressionAttributeValues = new AttributeMap { [":b"] = item["B"] },
                });
                break;
            case "older update":
                await Host.Db.UpdateItemAsync(new(table, key)
                {
                    AttributeUpdates = new Dictionary<string, AttributeValueUpdate> { ["B"] = AttributeValueUpdate.Put(item["B"]) },
                });
                break;
            default:
                await using (var context = Host.CreateContext())
                {
                    context.Set<Item>().Add(Item.Create(await Host.Db.GetTableDefinitionAsync(table), item));
                    await context.SaveChangesAsync();
                }

                break;
        }
    }

    private async Task<string> FilledAsync()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("P:S").WithGlobal(Index, Key));
        AttributeMap[] items =
        [
            Song("1", -1, [9], "a"), Song("2", 1, [], "z").With("Code", new byte[] { 0 }), Song("3", 1, [0, 0], "b"),
            Song("4", 1, [0, 0], "b"), Song("5", 1.05m, [0], "a"), Song("6", 1, [0], "a"), Song("7", 1, [0], "z"),
            Song("8", 1, [0], "a").With("Region", "us"), Song("9", 1, [0], "a").Without("Region"),
        ];
        foreach (var item in items)
        {
            await Host.PutAsync(table, item);
        }

        await Host.DrainAsync();
        return table;
    }

    private static AttributeMap Song(string id, decimal year, byte[] code, string title) => new()
    {
        ["P"] = id,
        ["Label"] = "l",
        ["Region"] = "eu",
        ["Year"] = year,
        ["Code"] = code,
        ["Title"] = title,
    };
}
