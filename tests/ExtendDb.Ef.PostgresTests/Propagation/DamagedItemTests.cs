using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>An item on a damaged page keeps nobody else's entries from being applied.</summary>
public class DamagedItemTests
{
    private const int PageBytes = 8192;

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    public async Task Item_that_PostgreSQL_cannot_read_is_set_aside_and_stalls_nobody(int beforeIt)
    {
        await using var server = await DamagedServerAsync(beforeIt);
        await using var host = await PropagationHost.StartAsync(server.ConnectionString);

        await Oracle.DrainedAsync(host);

        await using var context = host.CreateContext();
        context.GsiQuarantine.Should().HaveCount(2).And.OnlyContain(
            q => q.PartitionHash == Tables.KeyOf("bad").PartitionHash && q.SqlState == "XX001");
        (await host.QueryAsync("Damaged", "ByGroup0", "Group", "all")).Should().HaveCount(beforeIt + 1);
    }

    [Fact]
    public async Task Its_entries_are_listed_and_can_be_tried_again()
    {
        await using var server = await DamagedServerAsync(beforeIt: 1);
        await using var host = await PropagationHost.StartAsync(server.ConnectionString);
        await Oracle.DrainedAsync(host);
        int[] indexes = [.. (await host.Db.GetTableDefinitionAsync("Damaged")).Indexes.Select(index => index.Id)];

        await Quarantine.RetryAsync(host.Database, indexes, default);
        await Oracle.DrainedAsync(host);

        (await Quarantine.ListAsync(host.Database, indexes, 10, default))
            .Should().HaveCount(2).And.OnlyContain(entry => entry.Attempts == 2 && entry.Item == null);
    }

    private static IEnumerable<string> Neighbours() => Tables.Ids(Tables.SlotOf("bad"), same: true);

    /// <summary>
    /// Starts a server whose queue has markers of one slot: of some items, of one that cannot be read, and of one more.
    /// </summary>
    private static async Task<LocalPostgres> DamagedServerAsync(int beforeIt)
    {
        var server = await LocalPostgres.StartAsync(new() { Fsync = true });
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString);
        string file;
        await using (var host = await PropagationHost.StartWithoutWorkerAsync(server.ConnectionString))
        {
            await Tables.CreateAsync(host, "Damaged", Tables.Short, Tables.Short);
            foreach (var id in Neighbours().Take(beforeIt))
            {
                await host.PutAsync("Damaged", Tables.Item(id, 1));
            }

            // Too large for a row, and random, so that it is not compressed: PostgreSQL stores it in another file.
            var large = new byte[20_000];
            new Random(1).NextBytes(large);
            await host.PutAsync("Damaged", Tables.Item("bad", 1).With("Large", large));
            await host.PutAsync("Damaged", Tables.Item(Neighbours().ElementAt(beforeIt), 1));
            file = (string)(await Oracle.ScalarAsync(
                host,
                "SELECT pg_relation_filepath(reltoastrelid) FROM pg_class WHERE oid = 'extenddb.items'::regclass"))!;
            await Oracle.ScalarAsync(host, "CHECKPOINT");
        }

        await server.StopImmediatelyAsync();
        await using (var pages = File.OpenWrite(Path.Combine(server.Folder, "data", file)))
        {
            await pages.WriteAsync(new byte[(pages.Length / PageBytes) * PageBytes]);
        }

        await server.StartAgainAsync();
        return server;
    }
}
