using ExtendDb.Ef.PostgresTests.IndexLifecycle;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class UnknownIndexTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Marker_of_an_index_that_another_process_created_just_now_is_applied()
    {
        await using var unaware = await PropagationHost.StartWithoutWorkerAsync(
            fixture.ConnectionString, options => options.CatalogPollInterval = TimeSpan.FromMinutes(1));
        await unaware.Database.Definitions.GetAsync(CancellationToken.None);
        await using var creator = await PropagationHost.StartWithoutWorkerAsync(fixture.ConnectionString);
        await Tables.CreateAsync(creator, "JustNow", Tables.Short);
        await creator.PutAsync("JustNow", Tables.Item("one", 1));

        await Oracle.ApplyAllAndExactAsync(unaware);

        (await creator.QueryAsync("JustNow", "ByGroup0", "Group", "all")).Should().ContainSingle();
    }

    [Fact]
    public async Task Marker_of_an_index_that_was_created_while_the_definitions_were_being_read_is_applied()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await using var slow = await PropagationHost.StartWithoutWorkerAsync(
            connectionString, options => options.CatalogPollInterval = TimeSpan.FromMinutes(1));
        await using var creator = await PropagationHost.StartWithoutWorkerAsync(connectionString);
        await creator.Database.Definitions.GetAsync(CancellationToken.None);
        await using var gate = await creator.Database.Connections.OpenAsync(CancellationToken.None);
        await Oracle.ScalarAsync(gate, "SELECT pg_advisory_lock(1)");
        await HoldReadersOfTheVersionAsync(creator, slow.ApplicationName);
        slow.Database.Definitions.Forget();
        var reading = Task.Run(async () => await slow.Database.Definitions.GetAsync(CancellationToken.None));
        await Oracle.WaitingForLockAsync(slow, creator);

        await Tables.CreateAsync(creator, "Meanwhile", Tables.Short);
        await creator.PutAsync("Meanwhile", Tables.Item("one", 1));
        await Waiting.UntilAsync(
            async () => await creator.Database.Batches.UntilNextAsync(CancellationToken.None) < TimeSpan.Zero, "it is due");
        await slow.ApplyAsync();
        await Oracle.ScalarAsync(gate, "SELECT pg_advisory_unlock(1)");
        await reading;

        (await creator.QueryAsync("Meanwhile", "ByGroup0", "Group", "all")).Should().ContainSingle();
        await Oracle.ApplyAllAndExactAsync(creator);
    }

    [Fact]
    public async Task Marker_of_a_dropped_index_is_dropped_and_the_others_of_its_item_are_applied()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Dropped", Tables.Short);
        await host.PutAsync("Dropped", Tables.Item("one", 1));
        await Oracle.ScalarAsync(host, "UPDATE extenddb.gsi_pending SET index_ids = index_ids || 999999");
        await host.PutAsync("Dropped", Tables.Item("two", 2));
        await Oracle.ScalarAsync(host, """
            INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
            SELECT slot, ready_at, 999999, partition_hash, sort_key, '{999998}' FROM extenddb.gsi_pending
            """);

        await Oracle.ApplyAllAndExactAsync(host);

        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.index_entries")).Should().Be(2L);
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.gsi_quarantine")).Should().Be(0L);
    }

    [Fact]
    public async Task Markers_of_a_table_that_is_deleted_under_load_are_dropped()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Deleted", Tables.Short, TimeSpan.FromSeconds(2));
        var table = await Tables.CreateAsync(host, "Kept", Tables.Short);
        for (var i = 0; i < 50; i++)
        {
            await host.PutAsync("Deleted", Tables.Item($"item-{i}", i));
            await host.PutAsync("Kept", Tables.Item($"item-{i}", i));
        }

        await host.Db.DeleteTableAsync(new("Deleted"));
        await Oracle.DrainedAndExactAsync(host);

        await LeftRows.DeletedAsync(host);
        (await Oracle.ScalarAsync(
            host, "SELECT count(*) FROM extenddb.index_entries WHERE index_id <> $1", table.Indexes[0].Id)).Should().Be(0L);
    }

    /// <summary>Holds the first reading of the definitions by one process, in the middle, until the lock 1 is free.</summary>
    private static async Task HoldReadersOfTheVersionAsync(PropagationHost host, string applicationName) =>
        await Oracle.ScalarAsync(host,
        $"""
        CREATE SEQUENCE readers;
        CREATE FUNCTION hold() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN
            IF current_setting('application_name') = '{applicationName}' AND nextval('readers') = 1 THEN
                PERFORM pg_advisory_xact_lock_shared(1);
            END IF;
            RETURN true;
        END $$;
        ALTER TABLE extenddb.catalog_state RENAME TO catalog_state_itself;
        CREATE VIEW extenddb.catalog_state AS SELECT * FROM extenddb.catalog_state_itself WHERE hold();
        """);
}
