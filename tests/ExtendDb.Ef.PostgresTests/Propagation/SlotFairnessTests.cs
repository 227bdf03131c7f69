using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class SlotFairnessTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private const int BatchSize = 64;

    // More than one batch of the rotation takes.
    private const int Busy = 12;
    private const int Backlog = 2_000;

    private PropagationHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        var table = await Tables.CreateAsync(_host, "Uneven", Tables.Short);
        await Oracle.ScalarAsync(
            _host,
            """
            INSERT INTO extenddb.gsi_pending (slot, ready_at, table_id, partition_hash, sort_key, index_ids)
            SELECT slot, now() - interval '1 hour' + n * interval '1 ms', $1,
                   encode(set_byte(decode(md5(n::text), 'hex'), 0, slot << 2), 'hex')::uuid, '', $2
            FROM generate_series(0, $3 - 1) AS slot CROSS JOIN generate_series(1, $4) AS n
            """,
            table.Id,
            table.Indexes.Select(index => index.Id).ToArray(),
            Busy,
            Backlog);
        await _host.PutAsync("Uneven", Tables.Item(Quiet, 1));
        await Waiting.UntilAsync(
            async () => (bool)(await Oracle.ScalarAsync(
                _host, "SELECT bool_and(ready_at < now()) FROM extenddb.gsi_pending"))!,
            "the marker of the quiet slot is due");
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Slot_that_is_a_little_behind_is_applied_while_others_are_far_behind()
    {
        var pace = new BatchSizer(BatchSize);
        var batches = 0;

        while (!await IsQuietAppliedAsync())
        {
            (await _host.Database.Batches.ApplyDueAsync(pace, CancellationToken.None)).Markers.Should().BePositive();
            batches++;
        }

        // It becomes a backlog after some batches; each other one then takes eight of thirteen slots.
        batches.Should().BeLessThan(12);
        (await Oracle.PendingAsync(_host)).Should().BeGreaterThan(Busy * Backlog / 2);
    }

    [Fact]
    public async Task Slots_that_are_far_behind_are_applied_in_turn()
    {
        var pace = new BatchSizer(BatchSize);

        for (var i = 0; i < 60; i++)
        {
            await _host.Database.Batches.ApplyDueAsync(pace, CancellationToken.None);
        }

        var left = (long)(await Oracle.ScalarAsync(
            _host, "SELECT min(n) FROM (SELECT count(*) AS n FROM extenddb.gsi_pending GROUP BY slot) AS of_slot"))!;
        var most = (long)(await Oracle.ScalarAsync(
            _host, "SELECT max(n) FROM (SELECT count(*) AS n FROM extenddb.gsi_pending GROUP BY slot) AS of_slot"))!;
        most.Should().BeLessThan(Backlog, "every slot had a turn").And.BeLessThan(left + (10 * BatchSize));
    }

    [Fact]
    public async Task Next_scan_of_each_slot_begins_behind_what_a_batch_of_several_has_claimed()
    {
        var before = await OldestAsync();

        var outcome = await _host.Database.Batches.ApplyDueAsync(new BatchSizer(BatchSize), CancellationToken.None);

        var hints = _host.Database.Hints.Current();
        var after = await OldestAsync();
        var claimed = before.Keys.Where(slot => after[slot] > before[slot]).ToList();
        outcome.Markers.Should().Be(BatchSize);
        claimed.Should().HaveCount(8);
        claimed.Should().OnlyContain(slot => hints[slot] > before[slot] && hints[slot] < after[slot]);
    }

    private static string Quiet { get; } =
        Enumerable.Range(0, int.MaxValue).Select(i => $"quiet-{i}").First(id => Tables.SlotOf(id) == ItemSlot.Count - 1);

    /// <summary>Returns the ready_at of the oldest marker of each slot.</summary>
    private async Task<Dictionary<int, DateTime>> OldestAsync()
    {
        var oldest = (DateTime[])(await Oracle.ScalarAsync(
            _host, "SELECT array_agg(oldest ORDER BY slot) FROM (SELECT slot, min(ready_at) AS oldest FROM extenddb.gsi_pending GROUP BY slot) AS of_slot"))!;
        return oldest.Take(Busy).Select((at, slot) => (slot, at)).ToDictionary(of => of.slot, of => of.at);
    }

    private async Task<bool> IsQuietAppliedAsync() =>
        (await _host.QueryAsync("Uneven", "ByGroup0", "Group", "all")).Count > 0;
}
