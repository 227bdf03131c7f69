using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class ConvergenceTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private static readonly string[] Keys = ["a", "b", "c", "d", "e"];

    [Fact]
    public async Task Eight_writers_of_the_same_keys_and_three_workers_leave_every_index_exact()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var writers = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        await Tables.CreateAsync(writers, "Shared", Tables.NoDelay, Tables.Short, TimeSpan.FromMilliseconds(40));
        await using var first = await PropagationHost.StartAsync(connectionString);
        await using var second = await PropagationHost.StartAsync(connectionString);
        await using var third = await PropagationHost.StartAsync(connectionString);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var random = new Random(seed + writer);
            for (var i = 0; i < 120; i++)
            {
                var key = Keys[random.Next(Keys.Length)];
                await (random.Next(3) == 0
                    ? writers.DeleteAsync("Shared", key)
                    : writers.PutAsync("Shared", Tables.Item(key, random.Next(1_000), $"g{random.Next(2)}")));
            }
        })));

        await Oracle.DrainedAndExactAsync(writers);
    }

    [Fact]
    public async Task Reader_of_an_index_never_sees_an_item_go_back()
    {
        var seed = SeededRandom.Printed(output).Seed;
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var host = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        await Tables.CreateAsync(host, "Sampled", Tables.NoDelay, Tables.Short);
        await using var first = await PropagationHost.StartAsync(connectionString);
        await using var second = await PropagationHost.StartAsync(connectionString);
        await using var third = await PropagationHost.StartAsync(connectionString);
        using var written = new CancellationTokenSource();

        var readers = new[] { "ByGroup0", "ByGroup1" }.Select(index =>
            Task.Run(() => SampleAsync(host, index, written.Token))).ToList();
        await Task.WhenAll(Keys.Select((key, i) => Task.Run(() => RewriteAsync(host, key, new Random(seed + i)))));
        await Oracle.DrainedAsync(host);
        await written.CancelAsync();

        var goneBack = await Task.WhenAll(readers);
        goneBack.SelectMany(seen => seen).Should().BeEmpty();
        await Oracle.DrainedAndExactAsync(host);
    }

    [Fact]
    public async Task Writer_that_loses_the_race_to_insert_an_item_with_a_local_index_replaces_it()
    {
        await using var first = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await using var second = await PropagationHost.StartWithoutWorkerAsync(first.ConnectionString);
        await first.Db.CreateTableAsync(new CreateTableRequest(
            "Local",
            [new("Id", KeyType.HASH), new("Seq", KeyType.RANGE)],
            [new("Id", AttributeType.S), new("Seq", AttributeType.N), new("Group", AttributeType.S)])
        {
            LocalSecondaryIndexes = [new("ByGroup", [new("Id", KeyType.HASH), new("Group", KeyType.RANGE)], Projection.All)],
        });
        await using var context = first.CreateContext();
        await using var winner = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new("Local", Tables.Item("one", 1, "winner")));

        var loser = Task.Run(() => second.PutAsync("Local", Tables.Item("one", 1, "loser")));
        await Oracle.WaitingForLockAsync(second, first);
        await winner.CommitAsync();

        await loser.Invoking(put => put).Should().NotThrowAsync();
        (await first.QueryAsync("Local", "ByGroup", "Id", "one")).Should().ContainSingle()
            .Which.Should().BeEquivalentTo(Tables.Item("one", 1, "loser"));
        await Oracle.ExactAsync(first, "after the race");
    }

    /// <summary>Puts one item with ever higher numbers, deletes it in between, and in the end for good.</summary>
    private static async Task RewriteAsync(PropagationHost host, string key, Random random)
    {
        for (var seq = 1; seq <= 150; seq++)
        {
            await host.PutAsync("Sampled", Tables.Item(key, seq));
            if (random.Next(3) == 0)
            {
                await host.DeleteAsync("Sampled", key);
            }
        }

        await host.DeleteAsync("Sampled", key);
    }

    /// <summary>Returns what a reader must not see: a lower number, or a number it has seen go.</summary>
    private static async Task<List<string>> SampleAsync(PropagationHost host, string index, CancellationToken written)
    {
        var last = new Dictionary<string, (int Seq, bool Gone)>();
        var goneBack = new List<string>();
        while (!written.IsCancellationRequested)
        {
            var sample = (await host.QueryAsync("Sampled", index, "Group", "all")).ToDictionary(i => i.Id(), i => i.Seq());
            foreach (var key in Keys)
            {
                var (seq, gone) = last.GetValueOrDefault(key);
                if (!sample.TryGetValue(key, out var now))
                {
                    last[key] = (seq, Gone: true);
                    continue;
                }

                if (now < seq || (now == seq && gone))
                {
                    goneBack.Add($"{index}: {key} came back with {now} after {seq}{(gone ? " had gone" : "")}");
                }

                last[key] = (now, Gone: false);
            }
        }

        return goneBack;
    }
}
