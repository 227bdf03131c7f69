using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Storage.Sql;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

public class BackfillPhaseTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private const string Phase =
        "SELECT concat_ws(' ', status, backfill_phase) FROM extenddb.secondary_indexes WHERE name = 'ByColour'";

    [Fact]
    public async Task Index_goes_from_phase_to_phase_until_it_is_active()
    {
        await using var host = await CreatingAsync("Phases", items: 3);
        var (table, index) = await IdsAsync(host, "Phases");
        var phases = new List<object?> { await Oracle.ScalarAsync(host, Phase) };

        await WalkAsync(host, table, index, atMost: 2);
        phases.Add(await Oracle.ScalarAsync(host, Phase));
        await WalkAsync(host, table, index, atMost: 2);
        phases.Add(await Oracle.ScalarAsync(host, Phase));
        await host.ApplyAsync();
        var last = await new IndexBackfill(host.Database, table, index).StepAsync(default);
        phases.Add(await Oracle.ScalarAsync(host, Phase));

        last.Should().Be(BackfillStep.Active);
        phases.Should().Equal("CREATING WAITING", "CREATING WALKING", "CREATING DRAINING", "ACTIVE NONE");
        await Oracle.ExactAsync(host, "");
    }

    [Fact]
    public async Task Table_without_items_is_walked_at_once()
    {
        await using var host = await CreatingAsync("Empty", items: 0);
        var (table, index) = await IdsAsync(host, "Empty");

        await WalkAsync(host, table, index, atMost: 2);

        (await Oracle.ScalarAsync(host, Phase)).Should().Be("CREATING DRAINING");
    }

    [Fact]
    public async Task Index_can_be_given_up_while_its_walk_begins()
    {
        await using var host = await CreatingAsync("GivenUp", items: 3);
        await using var walker = await PropagationHost.StartWithoutWorkerAsync(host.ConnectionString);
        var (table, index) = await IdsAsync(host, "GivenUp");
        await using var connection = await walker.Database.Connections.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        await WalkAsync(connection, table, index, atMost: 2);

        var delete = host.Db.UpdateTableAsync(AddedIndex.Delete("GivenUp"));
        await Oracle.WaitingForLockAsync(host, walker);
        await transaction.CommitAsync();
        await delete;

        (await Oracle.ScalarAsync(host, Phase)).Should().BeNull();
        (await new IndexBackfill(host.Database, table, index).StepAsync(default)).Should().Be(BackfillStep.GivenUp);
    }

    [Theory]
    [InlineData("status = 'ACTIVE'")]
    [InlineData("backfill_phase = 'NONE'")]
    [InlineData("backfill_phase = 'WALKING'")]
    [InlineData("backfill_phase = 'WALKING', backfilled_at = now()")]
    [InlineData("backfill_phase = 'DRAINING'")]
    [InlineData("backfill_phase = 'DRAINING', backfilled_at = now(), backfill_hash = gen_random_uuid(), backfill_sort = ''")]
    [InlineData("backfilled_at = now()")]
    [InlineData("status = 'ACTIVE', backfill_phase = 'NONE', backfilled_at = now()")]
    [InlineData("status = 'DELETING'")]
    [InlineData("backfill_phase = 'RESTING'")]
    public async Task Phase_that_contradicts_the_other_columns_is_refused(string change)
    {
        await using var host = await CreatingAsync("Refused", items: 0);

        var update = () => Oracle.ScalarAsync(
            host, $"UPDATE extenddb.secondary_indexes SET {change} WHERE name = '{AddedIndex.Name}'");

        (await update.Should().ThrowAsync<PostgresException>())
            .Which.ConstraintName.Should().Be("ck_secondary_indexes_backfill_phase");
    }

    /// <summary>Starts a process without a worker, on a table whose new index nothing fills by itself.</summary>
    private async Task<PropagationHost> CreatingAsync(string name, int items)
    {
        var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        var table = await Tables.CreateAsync(host, name, Tables.Short);
        await AddedIndex.FillAsync(host, table, items);
        await host.Db.UpdateTableAsync(AddedIndex.Create(name));
        return host;
    }

    private static async Task<(int Table, int Index)> IdsAsync(PropagationHost host, string name)
    {
        var table = await host.Db.GetTableDefinitionAsync(name);
        return (table.Id, table.Indexes.Single(i => i.Name == AddedIndex.Name).Id);
    }

    private static async Task WalkAsync(PropagationHost host, int table, int index, int atMost)
    {
        await using var connection = await host.Database.Connections.OpenAsync(default);
        await WalkAsync(connection, table, index, atMost);
    }

    /// <summary>Walks over the next items as a turn of the backfill does.</summary>
    private static async Task WalkAsync(NpgsqlConnection connection, int table, int index, int atMost)
    {
        var (hash, sort) = (Guid.Empty, Array.Empty<byte>());
        await using (var turn = new NpgsqlCommand(Statements.IndexBackfillLock, connection)
        {
            Parameters = { new() { Value = index } },
        })
        {
            await using var reader = await turn.ExecuteReaderAsync();
            (await reader.ReadAsync()).Should().BeTrue("the walk has not ended");
            if (reader.GetString(0) == "WALKING")
            {
                (hash, sort) = (reader.GetGuid(1), reader.GetFieldValue<byte[]>(2));
            }
        }

        await Sql.ScalarAsync(connection, Statements.IndexBackfillEnqueueChunk, index, table, hash, sort, atMost);
    }
}
