using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

[Collection(AloneCollection.Name)]
public class WithoutDelayTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Each_of_eight_writers_of_one_item_reads_its_own_write_on_the_index()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var host = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        await Tables.CreateAsync(host, "Own", Tables.NoDelay);
        await using var second = await PropagationHost.StartAsync(connectionString);
        await host.PutAsync("Own", Tables.Item("one", 0));

        // Each writer counts in an attribute of its own.
        var unread = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var db = writer % 2 == 0 ? host : second;
            var unread = new List<string>();
            for (var i = 1; i <= 40; i++)
            {
                await UpdateAsync(db, "Own", $"W{writer}", i);
                var entry = (await db.QueryAsync("Own", "ByGroup0", "Group", "all")).Single();
                if (!entry.TryGetValue($"W{writer}", out var read) || !read.Equals(i))
                {
                    unread.Add($"writer {writer} wrote {i} and read {entry}");
                }
            }

            return unread;
        })));

        unread.SelectMany(u => u).Should().BeEmpty();
        await Oracle.DrainedAndExactAsync(host);
    }

    [Fact]
    public async Task Deleted_item_has_left_the_index_when_the_delete_returns_whoever_else_writes()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Left", Tables.NoDelay);

        var left = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var left = 0;
            for (var i = 0; i < 30; i++)
            {
                await host.PutAsync("Left", Tables.Item($"item-{writer}", i, $"g{writer}"));
                left += (await host.QueryAsync("Left", "ByGroup0", "Group", $"g{writer}")).Count == 1 ? 0 : 1;
                await host.DeleteAsync("Left", $"item-{writer}");
                left += (await host.QueryAsync("Left", "ByGroup0", "Group", $"g{writer}")).Count;
            }

            return left;
        })));

        left.Should().AllBeEquivalentTo(0);
        await Oracle.ExactAsync(host, "at the end");
    }

    [Fact]
    public async Task More_writers_without_delay_than_connections_do_not_wait_for_each_other_for_seconds()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(
            await SmallPoolAsync(), options => options.CatalogPollInterval = TimeSpan.FromMinutes(1));
        await Tables.CreateAsync(host, "SmallPool", Tables.NoDelay);

        var longest = await LongestOfManyWritesAsync(host, "SmallPool");

        longest.Should().BeLessThan(Slow);
        await Oracle.ApplyAllAndExactAsync(host);
    }

    [Fact]
    public async Task More_writers_than_connections_outlive_the_reloading_of_the_definitions()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(
            await SmallPoolAsync(), options => options.CatalogPollInterval = TimeSpan.FromMilliseconds(10));
        await Tables.CreateAsync(host, "Reloading", Tables.Short);

        var longest = await LongestOfManyWritesAsync(host, "Reloading");

        longest.Should().BeLessThan(Slow);
        await Oracle.ApplyAllAndExactAsync(host);
    }

    private async Task<string> SmallPoolAsync() => new NpgsqlConnectionStringBuilder(await fixture.CreateDatabaseAsync())
    {
        MaxPoolSize = 4,
        Timeout = 5,
    }.ConnectionString;

    /// <summary>Returns how long the slowest of many writes took; all writers give up once one was slow or failed.</summary>
    private static async Task<TimeSpan> LongestOfManyWritesAsync(PropagationHost host, string table)
    {
        var longest = TimeSpan.Zero;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 25 && longest < Slow; i++)
            {
                var began = TimeProvider.System.GetTimestamp();
                try
                {
                    await host.PutAsync(table, Tables.Item($"item-{writer}", i));
                }
                catch
                {
                    longest = TimeSpan.MaxValue;
                    throw;
                }

                var took = TimeProvider.System.GetElapsedTime(began);
                longest = took > longest ? took : longest;
            }
        })));
        return longest;
    }

    private static async Task UpdateAsync(PropagationHost host, string table, string attribute, AttributeValue value) =>
        await host.Db.UpdateItemAsync(new(table, new() { ["Id"] = "one" })
        {
            UpdateExpression = "SET #attribute = :value",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#attribute"] = attribute },
            ExpressionAttributeValues = new AttributeMap { [":value"] = value },
        });
}
