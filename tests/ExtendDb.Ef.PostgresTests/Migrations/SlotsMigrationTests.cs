using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>The migration that gives each row its slot, on a database with so many items that it takes several chunks.</summary>
public class SlotsMigrationTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private const string Filled = "SELECT count(*) FROM extenddb.items WHERE slot IS NOT NULL";

    [Fact]
    public async Task Every_row_gets_its_slot_and_keeps_all_else()
    {
        var connection = await OldDatabaseAsync();
        await KeptRows.CopyAsync(connection);

        await ExtendDbMigrator.MigrateAsync(connection);

        await SlotsFilled.CheckAsync(connection);
        await KeptRows.CheckAsync(connection);
    }

    [Fact]
    public async Task Worker_applies_the_markers_of_the_version_before()
    {
        var connection = await OldDatabaseAsync();
        await ExtendDbMigrator.MigrateAsync(connection);

        (await Sql.ScalarAsync(connection, "SELECT count(*) FROM extenddb.gsi_pending")).Should().Be((long)ShardedQueue.Markers);
        await DrainedAndExactAsync(connection);
    }

    [Fact]
    public async Task Killed_migration_is_not_applied_and_goes_on_where_it_was()
    {
        var connection = await OldDatabaseAsync();
        await KeptRows.CopyAsync(connection);
        await using var fill = await HeldFill.OfAsync(connection);
        var killed = Task.Run(() => ExtendDbMigrator.MigrateAsync(connection));
        await fill.ReachedAsync();

        await fill.TerminateAsync();

        (await killed.Awaiting(migration => migration).Should().ThrowAsync<InvalidOperationException>())
            .WithInnerException<PostgresException>();
        await fill.LetGoAsync();
        (await Sql.ScalarAsync(connection, SlotsFilled.Applied)).Should().Be(0L);
        ((long)(await Sql.ScalarAsync(connection, Filled))!).Should().BeInRange(1, ShardedQueue.Items - 1);
        var start = () => PropagationHost.StartWithoutWorkerAsync(connection);
        await start.Should().ThrowAsync<SchemaVersionException>();
        await Sql.ExecuteAsync(
            connection, "CREATE TABLE public.places AS SELECT ctid AS place, partition_hash FROM extenddb.items WHERE slot IS NOT NULL");

        await ExtendDbMigrator.MigrateAsync(connection);

        (await Sql.ScalarAsync(connection, """
            SELECT count(*) FROM public.places AS p
            WHERE NOT EXISTS (SELECT FROM extenddb.items AS i WHERE i.ctid = p.place AND i.partition_hash = p.partition_hash)
            """)).Should().Be(0L, "what has a slot is not written again");
        await SlotsFilled.CheckAsync(connection);
        await KeptRows.CheckAsync(connection);
        await DrainedAndExactAsync(connection);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_migrators_that_fill_at_once_both_succeed(bool asEntityFrameworkDoes)
    {
        var connection = await OldDatabaseAsync();
        await KeptRows.CopyAsync(connection);
        await using var fill = await HeldFill.OfAsync(connection);
        var both = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => MigrateAsync(connection, asEntityFrameworkDoes))));
        await fill.ReachedAsync(migrations: 2);

        await fill.LetGoAsync();

        await both;
        await SlotsFilled.CheckAsync(connection);
        await KeptRows.CheckAsync(connection);
    }

    [Fact]
    public async Task Migration_back_and_forth_keeps_every_row()
    {
        var connection = await OldDatabaseAsync();
        await KeptRows.CopyAsync(connection);
        await ExtendDbMigrator.MigrateAsync(connection);

        await ShardedQueue.MigrateAsync(connection);

        await KeptRows.CheckAsync(connection);
        (await Sql.ScalarAsync(
            connection, $"SELECT count(*) FROM extenddb.gsi_pending WHERE shard <> {ShardedQueue.ShardOfItem}")).Should().Be(0L);
        (await Sql.ScalarAsync(
            connection, "SELECT concat_ws(' ', count(*), min(shard), max(shard)) FROM extenddb.gsi_shards")).Should().Be("32 0 31");
        await ExtendDbMigrator.MigrateAsync(connection);
        await SlotsFilled.CheckAsync(connection);
        await KeptRows.CheckAsync(connection);
    }

    private static Task MigrateAsync(string connection, bool asEntityFrameworkDoes) =>
        asEntityFrameworkDoes ? DotnetEf.UpdateAsync(connection) : ExtendDbMigrator.MigrateAsync(connection);

    private static async Task DrainedAndExactAsync(string connection)
    {
        await Sql.ExecuteAsync(connection, "UPDATE extenddb.gsi_pending SET ready_at = now() WHERE ready_at > now()");
        await using var host = await PropagationHost.StartAsync(connection);
        await Oracle.DrainedAndExactAsync(host);
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.gsi_quarantine")).Should().Be(0L, "what was applied is healed");
    }

    private async Task<string> OldDatabaseAsync()
    {
        var connection = await fixture.CreateDatabaseAsync(migrated: false);
        await ShardedQueue.CreateAsync(connection);
        (await Sql.ScalarAsync(connection, "SELECT pg_relation_size('extenddb.items') > 1000 * 8192")).Should().Be(
            true, "a chunk has 1000 pages");
        return connection;
    }
}
