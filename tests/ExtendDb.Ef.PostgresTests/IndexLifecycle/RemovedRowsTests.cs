using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

[Collection(AloneCollection.Name)]
public class RemovedRowsTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Deletion_waits_without_spinning_for_a_transaction_that_may_write()
    {
        var (interval, time) = (TimeSpan.FromMilliseconds(123), new NotedWaits());
        await using var host = await PropagationHost.StartAsync(
            await fixture.CreateDatabaseAsync(), options => options.CatalogPollInterval = interval, time);
        await Tables.CreateAsync(host, "Held", Tables.Short);
        await host.PutAsync("Held", Tables.Item("held", 1));
        await host.PutAsync("Held", Tables.Item("free", 2));
        await Oracle.DrainedAndExactAsync(host);
        await using var holder = await host.Database.Connections.OpenAsync(CancellationToken.None);
        await using var holding = await holder.BeginTransactionAsync();
        await Sql.ScalarAsync(
            holder, "SELECT 1 FROM extenddb.items WHERE document #>> '{Id,S}' = 'held' FOR UPDATE");
        await host.Db.DeleteTableAsync(new("Held"));

        // A chunk would delete the free item; a loop that did not wait would begin no waits of this length.
        await time.UntilBegunAsync(30, interval);
        var left = await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items");
        await holding.RollbackAsync();
        await LeftRows.DeletedAsync(host);

        left.Should().Be(2L, "no chunk may run before the transaction has ended");
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items")).Should().Be(0L);
    }

    [Fact]
    public async Task Deletion_begins_when_the_transaction_that_may_write_has_ended()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Waited", Tables.Short);
        await host.PutAsync("Waited", Tables.Item("held", 1));
        await using var holder = await host.Database.Connections.OpenAsync(CancellationToken.None);
        await using var holding = await holder.BeginTransactionAsync();
        await Sql.ScalarAsync(holder, "SELECT 1 FROM extenddb.items FOR UPDATE");
        await host.Db.DeleteTableAsync(new("Waited"));

        await holding.RollbackAsync();

        await LeftRows.DeletedAsync(host);
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items")).Should().Be(0L);
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.index_entries")).Should().Be(0L);
    }
}
