using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Runtime.Catalog;

/// <summary>What one process learns of the definitions that another one changes.</summary>
public class TwoProcessesTests(OperationsFixture database) : OperationsTests(database)
{
    private static readonly AttributeMap Item = new() { ["Id"] = "1" };

    private readonly JumpingTime _time = new();
    private OperationsHost? _other;

    [Fact]
    public async Task Table_created_by_one_process_is_found_by_the_other_at_once()
    {
        await _other!.Db.ListTablesAsync(new());

        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await _other.PutAsync(table, Item);

        (await Host.GetAsync(table, Item)).Should().Equal(Item);
    }

    [Fact]
    public async Task Table_deleted_by_one_process_is_noticed_by_the_other_within_the_poll_interval()
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await _other!.PutAsync(table, Item);
        await Host.Db.DeleteTableAsync(new(table));
        _time.Jump(new ExtendDbOptions().CatalogPollInterval);

        var put = () => _other.PutAsync(table, Item);

        await put.Should().ThrowAsync<ResourceNotFoundException>();
    }

    [Fact]
    public async Task Put_of_a_process_that_does_not_know_of_the_removal_is_refused()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S"));
        await _other!.PutAsync(table.Name, Item);
        await Host.Db.DeleteTableAsync(new(table.Name));

        var refused = () => _other.PutAsync(table.Name, Item.With("Late", true));

        await refused.Should().ThrowAsync<ResourceNotFoundException>();
        (await Host.CountAsync($"items WHERE table_id = {table.Id} AND document ? 'Late'")).Should().Be(0);
    }

    [Fact]
    public async Task Put_of_a_process_that_does_not_know_of_the_replacement_goes_to_the_new_table()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S"));
        await _other!.PutAsync(table.Name, Item);
        await Host.Db.DeleteTableAsync(new(table.Name));
        await Host.CreateAsync(OperationsTable.Of("Id:S") with { TableName = table.Name });

        await _other.PutAsync(table.Name, Item.With("New", true));

        (await Host.GetAsync(table.Name, Item)).Should().Equal(Item.With("New", true));
    }

    [Fact]
    public async Task Process_that_does_not_know_of_the_removal_can_use_the_name_again()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S"));
        await _other!.PutAsync(table.Name, Item);
        await Host.Db.DeleteTableAsync(new(table.Name));

        var create = () => _other.CreateAsync(OperationsTable.Of("Id:S") with { TableName = table.Name });

        await create.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Process_that_deleted_a_table_finds_the_one_that_another_made_of_its_name_at_once()
    {
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S"));
        await _other!.Db.DeleteTableAsync(new(table.Name));
        await Host.CreateAsync(OperationsTable.Of("Id:S") with { TableName = table.Name });

        var put = () => _other.PutAsync(table.Name, Item);

        await put.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Marker_of_an_index_that_this_process_does_not_know_yet_is_applied_not_dropped()
    {
        await _other!.Db.ListTablesAsync(new());
        var table = await Host.DefineAsync(OperationsTable.Of("Id:S").WithGlobal("ByKind", "Kind:S"));
        await Host.PutAsync(table.Name, Item.With("Kind", "k"));

        await _other.DrainAsync();

        (await Host.CountAsync($"index_entries WHERE index_id = {table.Indexes[0].Id}")).Should().Be(1);
    }

    [Fact]
    public async Task Definitions_of_a_version_that_was_seen_are_never_older_though_an_older_answer_is_on_its_way()
    {
        using var clock = new HeldClock();
        await using var slow = await OperationsHost.StartAsync(Database.ConnectionString, time: clock);
        var cache = slow.Database().Definitions;
        await cache.GetAsync(default);
        cache.Forget();
        clock.Hold();
        var older = Task.Run(() => cache.GetAsync(default).AsTask());
        await clock.IsHeld;
        await Host.CreateAsync(OperationsTable.Of("Id:S"));
        var seen = (long)(await Host.ScalarAsync("SELECT version FROM extenddb.catalog_state"))!;

        await using var connection = await slow.Database().Connections.OpenAsync(default);
        var atLeast = Task.Run(() => cache.GetAtLeastAsync(seen, connection, default).AsTask());
        clock.Release();
        await older;

        (await atLeast).Version.Should().BeGreaterThanOrEqualTo(seen);
    }

    public override async Task InitializeAsync()
    {
        _other = await OperationsHost.StartAsync(Database.ConnectionString, time: _time);
    }

    public override async Task DisposeAsync()
    {
        await _other!.DisposeAsync();
    }

    /// <summary>Stops whoever asks for the time, between the answer of the database and what is made of it.</summary>
    private sealed class HeldClock : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _free = new(initialState: true);
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task IsHeld => _held.Task.WaitAsync(TestDeadline.Usual);

        public void Hold() => _free.Reset();

        public void Release() => _free.Set();

        public void Dispose() => _free.Dispose();

        public override DateTimeOffset GetUtcNow()
        {
            if (!_free.IsSet)
            {
                _held.TrySetResult();
                _free.Wait(TestDeadline.Usual);
            }

            return base.GetUtcNow();
        }
    }
}
