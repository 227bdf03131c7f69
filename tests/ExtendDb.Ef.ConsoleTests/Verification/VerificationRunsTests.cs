using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Testing;
using ExtendDb.Ef.WebConsole.Verification;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.ConsoleTests.Verification;

public sealed class VerificationRunsTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private readonly string _name = $"T{Guid.NewGuid():N}";
    private ConsoleApplication _app = null!;
    private ExtendDbRuntime _runtime = null!;
    private TableDefinition _table = null!;

    private VerificationRuns Runs => _app.App.Services.GetRequiredService<VerificationRuns>();

    public async Task InitializeAsync()
    {
        var extendDb = await database.GetExtendDbAsync();
        await extendDb.CreateTableAsync(new(
            _name, [new("p", KeyType.HASH)], [new("p", AttributeType.S), new("c", AttributeType.S)])
        {
            GlobalSecondaryIndexes = [new("by-c", [new("c", KeyType.HASH)], Projection.All)],
        });
        foreach (var p in new[] { "a", "b", "c" })
        {
            await extendDb.PutItemAsync(new(_name, new AttributeMap { ["p"] = p, ["c"] = "red" }));
        }

        await database.IndexesAreUpToDateAsync();
        _app = await ConsoleApplication.StartAsync(database.ConnectionString);
        _runtime = _app.App.Services.GetRequiredService<ExtendDbRuntime>();
        _table = await _runtime.Definitions.GetTableAsync(_name, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Missing_and_orphaned_entries_are_told_by_the_key_of_their_item()
    {
        await DamageAsync("DELETE FROM extenddb.index_entries WHERE index_id = $1 AND document #>> '{p,S}' = 'a'");
        await DamageAsync("DELETE FROM extenddb.items WHERE table_id = (SELECT table_id FROM extenddb.secondary_indexes WHERE id = $1) AND document #>> '{p,S}' = 'b'");

        var run = await RunAsync(repair: false);

        run.Counts.Divergent.Should().Be(2);
        run.Wrong().Select(entry => (entry.Key!["p"].ToString(), entry.Divergence)).Should().BeEquivalentTo(
            [("{\"S\":\"a\"}", Divergence.Missing), ("{\"S\":\"b\"}", Divergence.Orphaned)]);
    }

    [Fact]
    public async Task Repair_brings_the_wrong_entries_right()
    {
        await DamageAsync("DELETE FROM extenddb.index_entries WHERE index_id = $1 AND document #>> '{p,S}' = 'a'");

        var repair = await RunAsync(repair: true);
        await database.IndexesAreUpToDateAsync();
        var verification = await RunAsync(repair: false);

        repair.Counts.Repaired.Should().Be(1);
        verification.Counts.Divergent.Should().Be(0);
        verification.Counts.Entries.Should().Be(3);
    }

    [Fact]
    public async Task Index_is_compared_once_at_a_time()
    {
        var slow = Runs.TryBegin(_table, _table.Indexes[0], repair: false, rate: 1);

        var second = Runs.TryBegin(_table, _table.Indexes[0], repair: false, rate: null);
        slow!.Stop();

        second.Should().BeNull();
        await Waiting.UntilAsync(() => !slow.IsRunning, "the run is stopped");
    }

    private async Task<VerificationRun> RunAsync(bool repair)
    {
        var run = Runs.TryBegin(_table, _table.Indexes[0], repair, rate: null)!;
        await Waiting.UntilAsync(() => !run.IsRunning, "the run has ended");
        run.State.Should().Be(VerificationState.Finished, run.Error);
        return run;
    }

    private async Task DamageAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = _table.Indexes[0].Id });
        (await command.ExecuteNonQueryAsync()).Should().Be(1);
    }
}
