using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

/// <summary>An entry in quarantine is tried again by itself, after pauses that grow.</summary>
public class QuarantineRetryTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Pause_doubles_with_each_failure_up_to_an_hour()
    {
        await using var host = await RefusingAsync(worker: false);

        var pauses = new List<double>();
        for (var attempt = 1; attempt <= 9; attempt++)
        {
            await EndPausesAsync(host);
            await Quarantine.EnqueueDueAsync(host.Database, default);
            await ApplyAsync(host);
            pauses.Add(Convert.ToDouble(await Oracle.ScalarAsync(
                host, "SELECT extract(epoch FROM retry_at - last_failed_at) / 60 FROM extenddb.gsi_quarantine")));
        }

        pauses.Should().Equal(2, 4, 8, 16, 32, 60, 60, 60, 60);
    }

    [Fact]
    public async Task Entry_is_not_tried_before_its_pause_is_over()
    {
        await using var host = await RefusingAsync(worker: false);

        var early = await Quarantine.EnqueueDueAsync(host.Database, default);

        (early, await Oracle.PendingAsync(host)).Should().Be((0, 0));
    }

    [Fact]
    public async Task Entry_that_waits_in_the_queue_is_not_enqueued_again()
    {
        await using var host = await RefusingAsync(worker: false);
        await EndPausesAsync(host);

        var first = await Quarantine.EnqueueDueAsync(host.Database, default);
        var second = await Quarantine.EnqueueDueAsync(host.Database, default);
        var byHand = await Quarantine.RetryAsync(host.Database, await IndexesAsync(host), default);

        (first, second, byHand, await Oracle.PendingAsync(host)).Should().Be((1, 0, 0, 1));
    }

    [Fact]
    public async Task Two_processes_enqueue_each_entry_once()
    {
        await using var host = await RefusingAsync(worker: false, items: 300);
        await EndPausesAsync(host);

        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => Quarantine.EnqueueDueAsync(host.Database, default))));

        (counts.Sum(), await Oracle.PendingAsync(host)).Should().Be((300, 300));
    }

    [Fact]
    public async Task Worker_heals_an_entry_whose_cause_is_gone()
    {
        await using var host = await RefusingAsync(worker: true);
        await Oracle.ScalarAsync(host, "DROP TRIGGER refuse ON extenddb.index_entries");

        await EndPausesAsync(host);

        await Waiting.UntilAsync(
            async () => await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.gsi_quarantine") is 0L,
            "the quarantine is empty");
        await Oracle.DrainedAndExactAsync(host);
    }

    /// <summary>Starts a process with items whose entries in one index the database refuses, and which it has tried once.</summary>
    private async Task<PropagationHost> RefusingAsync(bool worker, int items = 1)
    {
        var database = await fixture.CreateDatabaseAsync();
        var host = await (worker ? PropagationHost.StartAsync(database) : PropagationHost.StartWithoutWorkerAsync(database));
        var table = await Tables.CreateAsync(host, "Refusing", Tables.Short, Tables.Short);
        await Oracle.ScalarAsync(host, $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.index_id = {table.Indexes[0].Id} THEN RAISE EXCEPTION 'no such entry' USING ERRCODE = '23514'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON extenddb.index_entries
                FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        for (var i = 0; i < items; i++)
        {
            await host.PutAsync("Refusing", Tables.Item($"item-{i}", i));
        }

        await (worker ? Oracle.DrainedAsync(host) : ApplyAsync(host));
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.gsi_quarantine")).Should().Be((long)items);
        return host;
    }

    private static async Task<int[]> IndexesAsync(PropagationHost host) =>
        [.. (await host.Db.GetTableDefinitionAsync("Refusing")).Indexes.Select(index => index.Id)];

    private static Task<object?> EndPausesAsync(PropagationHost host) =>
        Oracle.ScalarAsync(host, "UPDATE extenddb.gsi_quarantine SET retry_at = now() WHERE retry_at IS NOT NULL");

    private static Task ApplyAsync(PropagationHost host) => Waiting.UntilAsync(
        async () =>
        {
            var pace = new BatchSizer(4_000);
            pace.Failed(carefully: true);
            await host.Database.Batches.ApplyDueAsync(pace, default);
            return await Oracle.PendingAsync(host) == 0;
        },
        "the queue is drained");
}
