using System.Data;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Querying;
using ExtendDb.Ef.Storage.Sql;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>A page is a megabyte by DynamoDB's item size, to the byte, before any filter.</summary>
public class PageSizeTests(OperationsFixture database) : OperationsTests(database)
{
    private const int Megabyte = 1024 * 1024;

    public static TheoryData<string> Places => ["table", "backward", "scan", "All", "Local", "scan All", "scan Local"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Items_of_exactly_a_megabyte_are_one_page(string where)
    {
        var table = await TableAsync(400_000, 400_000, Megabyte - 800_000);

        var page = await ReadAsync(table, where);

        (page.Count, page.ScannedCount, page.LastEvaluatedKey).Should().Be((3, 3, null));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Item_that_exceeds_the_megabyte_by_a_byte_begins_the_next_page(string where)
    {
        var table = await TableAsync(400_000, 400_000, Megabyte - 800_000 + 1);

        var page = await ReadAsync(table, where);
        var next = await ReadAsync(table, where, start: page.LastEvaluatedKey);

        (page.ScannedCount, next.ScannedCount, next.LastEvaluatedKey).Should().Be((2, 1, null));
        page.Items.Concat(next.Items).Select(item => item["S"]).Distinct().Should().HaveCount(3);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Page_of_which_the_filter_drops_all_still_ends_at_a_megabyte(string where)
    {
        var table = await TableAsync(400_000, 400_000, 400_000);

        var page = await ReadAsync(table, where, filter: "attribute_exists(Nothing)");

        (page.Items.Count, page.Count, page.ScannedCount).Should().Be((0, 0, 2));
        page.LastEvaluatedKey.Should().NotBeNull();
    }

    [Theory]
    [InlineData("Keys")]
    [InlineData("LocalKeys")]
    [InlineData("scan Keys")]
    [InlineData("scan LocalKeys")]
    public async Task Entries_of_an_index_count_with_what_it_projects(string where)
    {
        var table = await TableAsync(400_000, 400_000, 400_000);

        var page = await ReadAsync(table, where);

        (page.Count, page.LastEvaluatedKey).Should().Be((3, null));
    }

    [Theory]
    [InlineData(nameof(Statements.ItemsQueryForward))]
    [InlineData(nameof(Statements.ItemsQueryBackward))]
    [InlineData(nameof(Statements.ItemsScan))]
    [InlineData(nameof(Statements.IndexEntriesQueryForward))]
    [InlineData(nameof(Statements.IndexEntriesQueryBackward))]
    [InlineData(nameof(Statements.IndexEntriesQueryItemsForward))]
    [InlineData(nameof(Statements.IndexEntriesQueryItemsBackward))]
    [InlineData(nameof(Statements.IndexEntriesScan))]
    [InlineData(nameof(Statements.IndexEntriesScanItems))]
    public async Task Database_sends_one_item_more_than_a_page_takes_at_most(string statement)
    {
        var name = await TableAsync([.. Enumerable.Repeat(100_000, 30)]);
        var table = await Host.Db.GetTableDefinitionAsync(name);
        var index = table.Indexes.Single(i => i.Name == (statement.Contains("Items", StringComparison.Ordinal)
            ? "LocalKeys" : "Local"));
        await using var connection = await Host.OpenAsync();
        await using var command = new NpgsqlCommand(
            (string)typeof(Statements).GetField(statement)!.GetValue(null)!, connection);
        var partition = PartitionHash.Of("h");
        object[] arguments = statement switch
        {
            nameof(Statements.ItemsScan) => [table.Id, Guid.Empty, Array.Empty<byte>(), Guid.AllBitsSet],
            nameof(Statements.IndexEntriesScan) =>
                [index.Id, Guid.Empty, Array.Empty<byte>(), Guid.Empty, Array.Empty<byte>(), Guid.AllBitsSet],
            nameof(Statements.IndexEntriesScanItems) =>
                [index.Id, Guid.Empty, Array.Empty<byte>(), Guid.Empty, Array.Empty<byte>(), Guid.AllBitsSet, table.Id],
            nameof(Statements.ItemsQueryForward) or nameof(Statements.ItemsQueryBackward) =>
                [table.Id, partition, SortKeyRange.All.Low, SortKeyRange.All.High, ItemSlot.Of(partition)],
            _ =>
            [
                index.Id, partition,
                .. statement.EndsWith("Forward", StringComparison.Ordinal)
                    ? new object[] { SortKeyRange.All.Low, Guid.Empty, Array.Empty<byte>(), SortKeyRange.All.High }
                    : [SortKeyRange.All.Low, SortKeyRange.All.High, Guid.Empty, Array.Empty<byte>()],
                .. statement.Contains("Items", StringComparison.Ordinal) ? new object[] { table.Id } : [],
            ],
        };
        foreach (var argument in (object[])[.. arguments, 100, Megabyte])
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess);
        var rows = 0;
        while (await reader.ReadAsync())
        {
            rows++;
        }

        rows.Should().Be(11);
    }

    private async Task<(IReadOnlyList<AttributeMap> Items, int Count, int ScannedCount, AttributeMap? LastEvaluatedKey)>
        ReadAsync(string table, string where, AttributeMap? start = null, string? filter = null)
    {
        var place = where.Split(' ');
        if (place[0] == "scan")
        {
            var scanned = await Host.Db.ScanAsync(new(table)
            {
                IndexName = place.ElementAtOrDefault(1),
                ExclusiveStartKey = start,
                FilterExpression = filter,
            });
            return (scanned.Items, scanned.Count, scanned.ScannedCount, scanned.LastEvaluatedKey);
        }

        var page = await Host.Db.QueryAsync(new(table)
        {
            IndexName = where is "table" or "backward" ? null : where,
            ScanIndexForward = where != "backward",
            KeyConditions = new Dictionary<string, Condition>
            {
                [where is "All" or "Keys" ? "G" : "P"] = Condition.EqualTo(where is "All" or "Keys" ? "g" : "h"),
            },
            FilterExpression = filter,
            ExclusiveStartKey = start,
        });
        return (page.Items, page.Count, page.ScannedCount, page.LastEvaluatedKey);
    }

    /// <summary>Makes a table with items of some sizes, in the order of their keys.</summary>
    private async Task<string> TableAsync(params int[] sizes)
    {
        var table = await Host.DefineAsync(OperationsTable.Of("P:S S:N")
            .WithLocal("Local", "P:S L:N").WithLocal("LocalKeys", "P:S L:N", Projection.KeysOnly)
            .WithGlobal("All", "G:S L:N", delayMs: 0).WithGlobal("Keys", "G:S", Projection.KeysOnly, delayMs: 0));
        await using var context = Host.CreateContext();
        context.AddRange(sizes.Select((size, i) =>
        {
            var item = new AttributeMap { ["P"] = "h", ["S"] = i + 1, ["L"] = i + 1, ["G"] = "g" };
            return Item.Create(table, item.With("D", new byte[size - ItemSize.Of(item) - 1]));
        }));
        await context.SaveChangesAsync();
        return table.Name;
    }
}
