using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>A Scan of an index reads each of its partitions as a whole, in the order of its sort key.</summary>
public class IndexScanOrderTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly string[] Groups = ["red", "green", "blue", "white"];

    [Theory]
    [InlineData("Global", null)]
    [InlineData("Global", 1)]
    [InlineData("Global", 7)]
    [InlineData("GlobalKeys", 7)]
    [InlineData("Local", 7)]
    public async Task Partition_is_read_in_the_order_of_its_sort_key(string index, int? limit)
    {
        var table = await TableAsync(ranks: 20, ties: 1);

        var items = await Host.ScanAllAsync(new(table) { IndexName = index, Limit = limit });

        items.Should().HaveCount(Groups.Length * 20);
        RunsOf(items).Should().HaveCount(Groups.Length, "no partition is interrupted by another one")
            .And.OnlyContain(run => run.SequenceEqual(Enumerable.Range(0, 20)));
    }

    [Theory]
    [InlineData("Global", 1)]
    [InlineData("Global", 3)]
    [InlineData("Local", 3)]
    public async Task Pages_among_equal_sort_keys_are_exact(string index, int limit)
    {
        var table = await TableAsync(ranks: 2, ties: 10);

        var items = await Host.ScanAllAsync(new(table) { IndexName = index, Limit = limit });

        items.Should().HaveCount(Groups.Length * 20).And.OnlyHaveUniqueItems(item => item["Id"]);
        RunsOf(items).Should().OnlyContain(run => run.SequenceEqual(Enumerable.Repeat(0, 10).Concat(Enumerable.Repeat(1, 10))));
    }

    [Fact]
    public async Task Segments_hold_whole_partitions_of_the_index()
    {
        var table = await TableAsync(ranks: 5, ties: 1);
        var groups = new List<AttributeValue>();

        for (var segment = 0; segment < 8; segment++)
        {
            var items = await Host.ScanAllAsync(new(table)
            {
                IndexName = "Global",
                Segment = segment,
                TotalSegments = 8,
                Limit = 2,
            });
            groups.AddRange(items.Select(item => item["Group"]).Distinct());
        }

        groups.Should().BeEquivalentTo(Groups.Select(group => (AttributeValue)group));
    }

    [Fact]
    public async Task Scan_with_the_items_of_a_local_index_keeps_the_order()
    {
        var table = await TableAsync(ranks: 20, ties: 1);

        var items = await Host.ScanAllAsync(new(table) { IndexName = "LocalKeys", Select = Select.ALL_ATTRIBUTES, Limit = 3 });

        items.Should().OnlyContain(item => item.ContainsKey("Payload"));
        RunsOf(items).Should().HaveCount(Groups.Length).And.OnlyContain(run => run.SequenceEqual(Enumerable.Range(0, 20)));
    }

    /// <summary>Returns the ranks of each run of items of one group.</summary>
    private static List<List<int>> RunsOf(IReadOnlyList<AttributeMap> items)
    {
        var runs = new List<List<int>>();
        AttributeValue? group = null;
        foreach (var item in items)
        {
            if (!item["Group"].Equals(group))
            {
                group = item["Group"];
                runs.Add([]);
            }

            runs[^1].Add(int.Parse(
                ((AttributeValue.N)item["Rank"]).Value.ToString(), System.Globalization.CultureInfo.InvariantCulture));
        }

        return runs;
    }

    private async Task<string> TableAsync(int ranks, int ties)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Group:S Id:S")
            .WithGlobal("Global", "Group:S Rank:N", delayMs: 0)
            .WithGlobal("GlobalKeys", "Group:S Rank:N", delayMs: 0, projection: new Projection(ProjectionType.KEYS_ONLY))
            .WithLocal("Local", "Group:S Rank:N")
            .WithLocal("LocalKeys", "Group:S Rank:N", new Projection(ProjectionType.KEYS_ONLY)));
        var items = from rank in Enumerable.Range(0, ranks)
                    from tie in Enumerable.Range(0, ties)
                    from place in Enumerable.Range(0, Groups.Length)
                    orderby (rank * 7919 + tie * 104_729 + place) % 97
                    select new AttributeMap
                    {
                        ["Group"] = Groups[place],
                        ["Id"] = $"{place}-{rank}-{tie}",
                        ["Rank"] = rank,
                        ["Payload"] = "p",
                    };
        foreach (var chunk in items.Chunk(25))
        {
            await Host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
            {
                [table] = [.. chunk.Select(item => new WriteRequest { PutRequest = new(item) })],
            }));
        }

        return table;
    }
}
