using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

public class IndexVerificationTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Missing_stale_and_orphaned_entries_are_counted_exactly_for_each_index()
    {
        await using var host = await HostWithItemsAsync(60);
        await Oracle.ScalarAsync(host, $"DELETE FROM extenddb.index_entries WHERE {Entries("ById", 0, 3)}");
        await Oracle.ScalarAsync(
            host,
            $"UPDATE extenddb.index_entries SET document = document || '{{\"X\":{{\"S\":\"x\"}}}}' WHERE {Entries("ById", 3, 5)}");
        await Oracle.ScalarAsync(host, $"UPDATE extenddb.index_entries SET key_sort = 'x' WHERE {Entries("Keys", 5, 9)}");
        await Oracle.ScalarAsync(
            host, $"UPDATE extenddb.index_entries SET key_hash = md5('x')::uuid WHERE {Entries("Local", 9, 10)}");
        await Oracle.ScalarAsync(host, $"UPDATE extenddb.index_entries SET size_bytes = 1 WHERE {Entries("Local", 10, 12)}");
        await Oracle.ScalarAsync(host, $"""
            INSERT INTO extenddb.index_entries (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes, slot)
            SELECT index_id, md5(partition_hash::text)::uuid, sort_key, key_hash, key_sort, document, size_bytes,
                   get_byte(decode(md5(partition_hash::text), 'hex'), 0) >> 2
            FROM extenddb.index_entries WHERE {Entries("Keys", 20, 27)}
            """);

        var verified = await Oracle.VerifyAsync(host);

        verified.Select(Found).Should().BeEquivalentTo(
        [
            ("ById", 60L, 57L, 3L, 2L, 0L, 0L),
            ("Keys", 60L, 67L, 0L, 4L, 7L, 0L),
            ("Local", 60L, 60L, 0L, 3L, 0L, 0L),
        ]);
    }

    [Fact]
    public async Task Entries_of_items_that_are_gone_or_have_left_the_index_are_orphaned()
    {
        await using var host = await HostWithItemsAsync(20);
        await Oracle.ScalarAsync(host, "DELETE FROM extenddb.items WHERE document #>> '{N,N}' = '4'");
        await Oracle.ScalarAsync(
            host, "UPDATE extenddb.items SET document = document - 'Size' WHERE document #>> '{N,N}' IN ('5', '6')");

        var verified = await Oracle.VerifyAsync(host);

        verified.Single(v => v.Index == "Keys").Should().Match<VerifiedIndex>(v => v.Orphaned == 3 && v.Missing == 0);
    }

    [Fact]
    public async Task Keys_with_a_waiting_marker_are_left_out()
    {
        await using var host = await HostWithItemsAsync(10);
        await host.PutAsync("Checked", Item(3, size: 99));
        await host.PutAsync("Checked", Item(11, size: 1));

        var verified = await Oracle.VerifyAsync(host);

        verified.Select(v => (v.Index, v.Divergent, v.Waiting)).Should().BeEquivalentTo(
            [("ById", 0L, 2L), ("Keys", 0L, 2L), ("Local", 0L, 0L)]);
    }

    [Fact]
    public async Task Marker_of_another_index_excuses_nothing()
    {
        await using var host = await HostWithItemsAsync(10);
        await host.PutAsync("Checked", Item(3, size: 99));
        await Oracle.ScalarAsync(host, $"UPDATE extenddb.gsi_pending SET index_ids = ARRAY[{Id("ById")}]");

        var verified = await Oracle.VerifyAsync(host);

        verified.Select(v => (v.Index, v.Stale, v.Waiting)).Should().BeEquivalentTo(
            [("ById", 0L, 1L), ("Keys", 1L, 0L), ("Local", 0L, 0L)]);
    }

    [Fact]
    public async Task Keys_in_quarantine_are_left_out()
    {
        await using var host = await HostWithItemsAsync(10);
        await Oracle.ScalarAsync(host, $"DELETE FROM extenddb.index_entries WHERE {Entries("Keys", 0, 4)}");
        await Oracle.ScalarAsync(host, $"""
            INSERT INTO extenddb.gsi_quarantine
            SELECT {Id("Keys")}, partition_hash, sort_key, table_id, 'XX000', 'test', 1, now(), now(), 'infinity', slot
            FROM extenddb.items ORDER BY sort_key LIMIT 3
            """);

        var verified = await Oracle.VerifyAsync(host);

        verified.Single(v => v.Index == "Keys").Should().Match<VerifiedIndex>(v => v.Missing == 1 && v.Waiting == 3);
    }

    [Fact]
    public async Task Item_that_cannot_be_read_does_not_end_the_verification_of_the_others()
    {
        await using var host = await HostWithItemsAsync(10);
        await host.PutAsync("Checked", Item(11, size: 1));
        await Oracle.ScalarAsync(host, """
            UPDATE extenddb.items SET document = '{"Id":{"N":"x"}}'
            WHERE document #>> '{N,N}' = '11'
            """);
        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        await Oracle.DrainedAsync(host);
        await Oracle.ScalarAsync(host, $"DELETE FROM extenddb.index_entries WHERE {Entries("Keys", 0, 2)}");

        var verified = await Oracle.VerifyAsync(host);

        verified.Single(v => v.Index == "Keys").Should().Match<VerifiedIndex>(v => v.Missing == 2 && v.Waiting == 1);
    }

    [Fact]
    public async Task Nothing_is_found_while_writers_and_workers_run()
    {
        await using var host = await HostWithItemsAsync(50);
        await using var worker = await PropagationHost.StartAsync(host.ConnectionString);
        using var verifiedEnough = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var random = new Random(writer);
            while (!verifiedEnough.IsCancellationRequested)
            {
                var n = 4 * random.Next(15) + writer;
                await (random.Next(3) == 0
                    ? host.Db.DeleteItemAsync(new("Checked", new() { ["Id"] = "p", ["N"] = n }))
                    : (Task)host.PutAsync("Checked", Item(n, random.Next(100))));
            }
        })).ToList();

        var found = new List<VerifiedIndex>();
        for (var i = 0; i < 40; i++)
        {
            found.AddRange(await Oracle.VerifyAsync(host));
        }

        await verifiedEnough.CancelAsync();
        await Task.WhenAll(writers);
        found.Sum(v => v.Divergent).Should().Be(0);
        await Oracle.DrainedAndExactAsync(host);
    }

    [Fact]
    public async Task Divergent_entries_are_shown_with_their_key_and_both_states()
    {
        await using var host = await HostWithItemsAsync(8);
        await Oracle.ScalarAsync(host, $"DELETE FROM extenddb.index_entries WHERE {Entries("Local", 0, 1)}");
        await Oracle.ScalarAsync(
            host, $"UPDATE extenddb.index_entries SET document = document - 'Note' WHERE {Entries("Local", 1, 2)}");
        await Oracle.ScalarAsync(host, "DELETE FROM extenddb.items WHERE document #>> '{N,N}' = '3'");
        await Oracle.ScalarAsync(
            host, $"UPDATE extenddb.index_entries SET key_hash = md5('x')::uuid WHERE {Entries("Local", 2, 3)}");
        await Oracle.ScalarAsync(host, $"UPDATE extenddb.index_entries SET size_bytes = 1 WHERE {Entries("Local", 3, 4)}");
        await Oracle.ScalarAsync(
            host, $$$"""UPDATE extenddb.index_entries SET document = '{"Id":{"N":"x"}}' WHERE {{{Entries("Local", 4, 5)}}}""");
        await Oracle.ScalarAsync(
            host, "UPDATE extenddb.items SET document = '{\"Id\":{\"N\":\"x\"}}' WHERE document #>> '{N,N}' = '7'");

        var details = await DetailsAsync(host, "Local", most: 100);

        details.Select(found => (found.Kind, found.Key?["N"], found.Expected, found.Found, found.Note?.Split(':')[0]))
            .Should().BeEquivalentTo(
            [
                (Divergence.Missing, (AttributeValue)1, Projected(1), null, null),
                (Divergence.Stale, (AttributeValue)2, Projected(2), Projected(2).Without("Note"), null),
                (Divergence.Orphaned, (AttributeValue)3, null, Projected(3), null),
                (Divergence.Stale, (AttributeValue)4, Projected(4), Projected(4), "The entry stands under another index key."),
                (Divergence.Stale, (AttributeValue)5, Projected(5), Projected(5), "The entry's size is 1 and not 22 bytes."),
                (Divergence.Stale, (AttributeValue)6, Projected(6), null, "The entry cannot be read"),
                (Divergence.Stale, (AttributeValue?)7, null, Projected(7), "The item cannot be read"),
            ]);
    }

    [Fact]
    public async Task No_more_entries_are_shown_than_were_asked_for()
    {
        await using var host = await HostWithItemsAsync(8);
        await Oracle.ScalarAsync(host, $"DELETE FROM extenddb.index_entries WHERE {Entries("Keys", 0, 6)}");

        var details = await DetailsAsync(host, "Keys", most: 4);

        details.Should().HaveCount(4).And.OnlyContain(found => found.Kind == Divergence.Missing);
    }

    private static async Task<List<DivergentEntry>> DetailsAsync(PropagationHost host, string index, int most)
    {
        var table = await host.Db.GetTableDefinitionAsync("Checked");
        var details = new List<DivergentEntry>();
        await foreach (var range in IndexVerification.RangesAsync(
            host.Database, table, table.Indexes.Single(each => each.Name == index), from: null, default, most))
        {
            details.AddRange(range.Details);
        }

        return details;
    }

    private static AttributeMap Projected(int n) => Item(n, n).Without("Other");

    /// <summary>Starts a process without worker, whose table has items that all their indexes show.</summary>
    private async Task<PropagationHost> HostWithItemsAsync(int count)
    {
        var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await host.Db.CreateTableAsync(new CreateTableRequest(
            "Checked",
            [new("Id", KeyType.HASH), new("N", KeyType.RANGE)],
            [new("Id", AttributeType.S), new("N", AttributeType.N), new("Size", AttributeType.N)])
        {
            GlobalSecondaryIndexes =
            [
                new("ById", [new("Id", KeyType.HASH)], Projection.All),
                new("Keys", [new("Size", KeyType.HASH), new("N", KeyType.RANGE)], Projection.KeysOnly),
            ],
            LocalSecondaryIndexes = [new("Local", [new("Id", KeyType.HASH), new("Size", KeyType.RANGE)], Projection.Include("Note"))],
        });
        for (var n = 1; n <= count; n++)
        {
            await host.PutAsync("Checked", Item(n, n));
        }

        await Oracle.ApplyAllAndExactAsync(host);
        return host;
    }

    private static AttributeMap Item(int n, int size) =>
        new() { ["Id"] = "p", ["N"] = n, ["Size"] = size, ["Note"] = $"note {n}", ["Other"] = $"other {n}" };

    private static string Id(string index) => $"(SELECT id FROM extenddb.secondary_indexes WHERE name = '{index}')";

    /// <summary>Names the entries of an index from one number to another, in order of their items.</summary>
    private static string Entries(string index, int from, int to) => $"""
        index_id = {Id(index)} AND sort_key IN (
            SELECT sort_key FROM extenddb.items ORDER BY sort_key OFFSET {from} LIMIT {to - from})
        """;

    private static (string, long, long, long, long, long, long) Found(VerifiedIndex v) =>
        (v.Index, v.Items, v.Entries, v.Missing, v.Stale, v.Orphaned, v.Waiting);
}
