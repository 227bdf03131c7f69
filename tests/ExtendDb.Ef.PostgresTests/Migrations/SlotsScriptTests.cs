using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>The migration to slots as a script for psql.</summary>
public class SlotsScriptTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    // What a statement that writes a row again changes.
    private const string Places = """
        SELECT concat_ws(' ',
            (SELECT md5(string_agg(ctid::text, ',' ORDER BY partition_hash)) FROM extenddb.items),
            (SELECT md5(string_agg(ctid::text, ',' ORDER BY id)) FROM extenddb.gsi_pending),
            (SELECT string_agg(xmin::text, ',' ORDER BY "MigrationId") FROM extenddb.migrations_history),
            (SELECT version FROM extenddb.catalog_state))
        """;

    [Fact]
    public async Task Script_from_the_version_before_gives_each_row_its_slot()
    {
        var connection = await OldDatabaseAsync();

        await MigrationScript.RunAsync(connection, MigrationScript.Write(from: ShardedQueue.Migration));

        await SlotsFilled.CheckAsync(connection);
        await KeptRows.CheckAsync(connection);
    }

    [Fact]
    public async Task Idempotent_script_gives_each_row_its_slot_and_does_nothing_when_it_is_run_again()
    {
        var connection = await OldDatabaseAsync();
        var script = MigrationScript.Write(options: MigrationsSqlGenerationOptions.Idempotent);

        await MigrationScript.RunAsync(connection, script);

        await SlotsFilled.CheckAsync(connection);
        await KeptRows.CheckAsync(connection);
        var places = await Sql.ScalarAsync(connection, Places);
        await MigrationScript.RunAsync(connection, script);
        (await Sql.ScalarAsync(connection, Places)).Should().Be(places);
    }

    [Fact]
    public async Task Idempotent_script_makes_an_empty_database()
    {
        var connection = await fixture.CreateDatabaseAsync(migrated: false);

        await MigrationScript.RunAsync(connection, MigrationScript.Write(options: MigrationsSqlGenerationOptions.Idempotent));

        await SlotsFilled.CheckAsync(connection);
    }

    [Fact]
    public async Task Killed_idempotent_script_goes_on_where_it_was()
    {
        var connection = await OldDatabaseAsync();
        var script = MigrationScript.Write(options: MigrationsSqlGenerationOptions.Idempotent);
        await using var fill = await HeldFill.OfAsync(connection);
        var killed = Task.Run(() => MigrationScript.RunAsync(connection, script));
        await fill.ReachedAsync();
        await fill.TerminateAsync();
        await killed.Awaiting(run => run).Should().ThrowAsync<NpgsqlException>();
        await fill.LetGoAsync();

        await MigrationScript.RunAsync(connection, script);

        await SlotsFilled.CheckAsync(connection);
        await KeptRows.CheckAsync(connection);
    }

    [Theory]
    [InlineData(MigrationsSqlGenerationOptions.Default)]
    [InlineData(MigrationsSqlGenerationOptions.Idempotent)]
    public async Task Script_that_goes_on_after_a_failed_fill_is_not_applied(MigrationsSqlGenerationOptions options)
    {
        var connection = await OldDatabaseAsync();
        var script = MigrationScript.Write(from: ShardedQueue.Migration, options);
        await using var fill = await HeldFill.OfAsync(connection);
        var run = Task.Run(() => MigrationScript.RunOnAsync(connection, script));
        await fill.ReachedAsync();

        await fill.CancelAsync();

        (await run).Should().Contain(error => error.Contains("migrate again", StringComparison.Ordinal));
        (await Sql.ScalarAsync(connection, SlotsFilled.Applied)).Should().Be(0L);
        await fill.LetGoAsync();
        await MigrationScript.RunAsync(connection, script);
        await SlotsFilled.CheckAsync(connection);
    }

    [Fact]
    public async Task Two_idempotent_scripts_that_fill_at_once_both_succeed()
    {
        var connection = await OldDatabaseAsync();
        var script = MigrationScript.Write(options: MigrationsSqlGenerationOptions.Idempotent);
        await using var fill = await HeldFill.OfAsync(connection);
        var both = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => MigrationScript.RunAsync(connection, script))));
        await fill.ReachedAsync(migrations: 2);

        await fill.LetGoAsync();

        await both;
        await SlotsFilled.CheckAsync(connection);
        await KeptRows.CheckAsync(connection);
    }

    private async Task<string> OldDatabaseAsync()
    {
        var connection = await fixture.CreateDatabaseAsync(migrated: false);
        await ShardedQueue.CreateAsync(connection);
        await KeptRows.CopyAsync(connection);
        return connection;
    }
}
