using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>A batch holds the documents of its items in memory, so their size bounds it too.</summary>
public class BatchBytesTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    private const int Megabyte = 1_048_576;
    private const int Items = 10;

    private static readonly string Large = new('x', 300_000);

    [Fact]
    public async Task Batch_claims_no_more_than_its_bytes_and_the_next_ones_claim_the_rest()
    {
        await using var host = await StartAsync();
        var table = await Tables.CreateAsync(host, "Large", Tables.Short);
        for (var i = 0; i < Items; i++)
        {
            await host.PutAsync(table.Name, Item(i));
        }

        var batches = await DrainAsync(host);

        batches.Should().OnlyContain(markers => markers <= 3).And.HaveCountGreaterThanOrEqualTo(4);
        batches.Sum().Should().Be(Items);
        (await CountAsync(host, "gsi_pending")).Should().Be(0);
        (await CountAsync(host, "index_entries")).Should().Be(Items);
    }

    [Fact]
    public async Task Many_markers_of_one_large_item_are_one_batch()
    {
        await using var host = await StartAsync();
        var table = await Tables.CreateAsync(host, "Hot", Tables.Short);
        for (var i = 0; i < Items; i++)
        {
            await host.PutAsync(table.Name, Item(0).With("Change", i));
        }

        var batches = await DrainAsync(host);

        batches.Should().Equal(Items);
    }

    [Fact]
    public async Task Markers_of_deleted_items_need_no_bytes()
    {
        await using var host = await StartAsync();
        var table = await Tables.CreateAsync(host, "Gone", Tables.Short);
        for (var i = 0; i < Items; i++)
        {
            await host.PutAsync(table.Name, Item(i));
            await host.DeleteAsync(table.Name, $"{i}");
        }

        var batches = await DrainAsync(host);

        batches.Sum().Should().Be(2 * Items);
        batches.Should().ContainSingle();
    }

    [Fact]
    public async Task Write_to_an_index_without_delay_applies_all_its_markers()
    {
        await using var host = await StartAsync();
        var table = await Tables.CreateAsync(host, "Immediate", TimeSpan.Zero);

        await Task.WhenAll(Enumerable.Range(0, Items).Select(i => host.PutAsync(table.Name, Item(i))));

        (await CountAsync(host, "gsi_pending")).Should().Be(0);
        (await CountAsync(host, "index_entries")).Should().Be(Items);
    }

    private static AttributeMap Item(int i) => new() { ["Id"] = $"{i}", ["Group"] = "g", ["Seq"] = i, ["Large"] = Large };

    private async Task<PropagationHost> StartAsync() => await PropagationHost.StartWithoutWorkerAsync(
        await database.CreateDatabaseAsync(),
        options =>
        {
            options.Propagation.MaxBatchBytes = Megabyte;
            options.Backpressure.Mode = GsiBackpressure.Off;
        });

    /// <summary>Applies batches until one is empty, and returns how many markers each has claimed.</summary>
    private static async Task<List<int>> DrainAsync(PropagationHost host)
    {
        while (await Oracle.ScalarAsync(host, "SELECT max(ready_at) > now() FROM extenddb.gsi_pending") is true)
        {
            // The statement is the wait: a marker is due 10 ms after its write.
        }

        var claimed = new List<int>();
        while (true)
        {
            if ((await host.Database.Batches.ApplyDueAsync(OfAllSlots(), CancellationToken.None)).Markers is var markers and > 0)
            {
                claimed.Add(markers);
            }
            else if (await CountAsync(host, "gsi_pending") == 0)
            {
                return claimed;
            }
        }
    }

    // After a batch that found little, the next one takes every slot.
    private static BatchSizer OfAllSlots()
    {
        var sizer = new BatchSizer(4_000);
        sizer.Done(full: false, large: false, TimeSpan.Zero);
        return sizer;
    }

    private static async Task<long> CountAsync(PropagationHost host, string rows) =>
        (long)(await Oracle.ScalarAsync(host, $"SELECT count(*) FROM extenddb.{rows}"))!;
}
