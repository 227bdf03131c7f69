using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Querying;

/// <summary>The segments of a parallel scan hold every item once.</summary>
public class ParallelScanTests(OperationsFixture database) : OperationsTests(database)
{
    private const int Partitions = 60;

    [Theory]
    [InlineData(null)]
    [InlineData("Global")]
    [InlineData("Local")]
    public async Task Segments_are_disjoint_and_complete(string? index)
    {
        var table = await TableAsync();

        foreach (var total in Enumerable.Range(1, 7))
        {
            var found = new List<AttributeMap>();
            for (var segment = 0; segment < total; segment++)
            {
                found.AddRange(await Host.ScanAllAsync(new(table)
                {
                    IndexName = index,
                    Segment = segment,
                    TotalSegments = total,
                    Limit = 17,
                }));
            }

            found.Should().HaveCount(2 * Partitions);
            found.Distinct().Should().HaveCount(2 * Partitions, "{0} segments repeat nothing", total);
        }
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public async Task Item_is_in_the_segment_that_its_hash_falls_into(int total)
    {
        var table = await TableAsync();
        var segments = Enumerable.Range(0, Partitions).GroupBy(i => SegmentOf($"p{i}", total)).ToList();

        var found = new List<(int Segment, string Partition)>();
        foreach (var segment in segments)
        {
            var items = await Host.ScanAllAsync(new(table) { Segment = segment.Key, TotalSegments = total });
            found.AddRange(items.Select(item => (segment.Key, ((AttributeValue.S)item["P"]).Value)));
        }

        found.Should().BeEquivalentTo(
            segments.SelectMany(s => s.SelectMany(i => new[] { (s.Key, $"p{i}"), (s.Key, $"p{i}") })));
    }

    private static int SegmentOf(string partition, int total)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(partition))[..16];
        return (int)(((new BigInteger(hash, isUnsigned: true, isBigEndian: true) + 1) * total - 1) >> 128);
    }

    private async Task<string> TableAsync()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("P:S S:N")
            .WithGlobal("Global", "G:S", delayMs: 0).WithLocal("Local", "P:S L:N"));
        await using var context = Host.CreateContext();
        context.AddRange(Enumerable.Range(0, 2 * Partitions).Select(i => Item.Create(table, new()
        {
            ["P"] = $"p{i / 2}",
            ["S"] = i % 2,
            ["L"] = 1,
            ["G"] = "g",
        })));
        await context.SaveChangesAsync();
        return table.Name;
    }
}
