using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.PostgresTests.IndexLifecycle;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>The migration that names the phase of a backfill, on a database that has an index in each of them.</summary>
public class BackfillPhaseMigrationTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private const string Phases = "SELECT name, backfill_phase FROM extenddb.secondary_indexes";

    private const string OldColumns = """
        SELECT name, concat_ws(' ', status, backfill_hash, backfill_sort, backfilled_at)
        FROM extenddb.secondary_indexes WHERE status = 'CREATING'
        """;

    private const string Statuses = "SELECT name, status FROM extenddb.secondary_indexes";

    private const string Markers = """
        SELECT i.name, count(DISTINCT (m.partition_hash, m.sort_key)) || ' of ' || count(*)
        FROM extenddb.gsi_pending AS m JOIN extenddb.secondary_indexes AS i ON i.id = ANY (m.index_ids)
        GROUP BY i.name
        """;

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["Unbegun"] = "WAITING",
        ["Begun"] = "WALKING",
        ["Ended"] = "DRAINING",
        ["Filled"] = "NONE",
        ["Global"] = "NONE",
        ["Local"] = "NONE",
    };

    [Fact]
    public async Task Each_index_gets_the_phase_that_its_columns_told()
    {
        var connection = await OldDatabaseAsync();

        await ExtendDbMigrator.MigrateAsync(connection);

        (await ReadAsync(connection, Phases)).Should().Equal(Expected);
    }

    [Fact]
    public async Task Worker_finishes_each_backfill_and_the_removal()
    {
        var connection = await OldDatabaseAsync();
        await ExtendDbMigrator.MigrateAsync(connection);

        await using var host = await PropagationHost.StartAsync(connection);
        await Waiting.UntilAsync(
            async () => (await ReadAsync(connection, Statuses)).Values.All(status => status == "ACTIVE"), "all is done");

        (await ReadAsync(connection, Phases)).Should().Equal(
            Expected.Keys.ToDictionary(index => index, _ => "NONE"));
        await LeftRows.DeletedAsync(host);
        await Oracle.DrainedAndExactAsync(host);
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.index_entries")).Should().Be(3L * UnnamedPhases.Items);
    }

    [Fact]
    public async Task Walk_goes_on_where_it_was()
    {
        // Nothing is due, so that no marker is applied before it is counted.
        var connection = await OldDatabaseAsync(due: TimeSpan.FromHours(1));
        await ExtendDbMigrator.MigrateAsync(connection);
        await using var host = await PropagationHost.StartWithoutWorkerAsync(connection);
        var table = await host.Db.GetTableDefinitionAsync(UnnamedPhases.Table);

        foreach (var index in new[] { "Begun", "Ended" })
        {
            var backfill = new IndexBackfill(host.Database, table.Id, table.Indexes.Single(i => i.Name == index).Id);
            await Waiting.UntilAsync(
                async () =>
                {
                    await backfill.StepAsync(default);
                    return (await ReadAsync(connection, Phases))[index] == "DRAINING";
                },
                "the walk has ended");
        }

        (await ReadAsync(connection, Markers)).Should().Equal(new Dictionary<string, string>
        {
            ["Begun"] = "2000 of 2000",
            ["Ended"] = "2000 of 2000",
        });
    }

    [Fact]
    public async Task Migration_back_leaves_what_tells_the_phase_of_each_backfill()
    {
        var connection = await OldDatabaseAsync();
        var before = await ReadAsync(connection, OldColumns);
        await ExtendDbMigrator.MigrateAsync(connection);

        await UnnamedPhases.MigrateAsync(connection);

        (await ReadAsync(connection, OldColumns)).Should().HaveCount(3).And.Equal(before);
        await ExtendDbMigrator.MigrateAsync(connection);
        (await ReadAsync(connection, Phases)).Should().Equal(Expected);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new Dictionary<string, string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0), reader.GetString(1));
        }

        return rows;
    }

    private async Task<string> OldDatabaseAsync(TimeSpan due = default)
    {
        var connection = await fixture.CreateDatabaseAsync(migrated: false);
        await UnnamedPhases.MigrateAsync(connection);
        await UnnamedPhases.InsertAsync(connection, due);
        return connection;
    }
}
