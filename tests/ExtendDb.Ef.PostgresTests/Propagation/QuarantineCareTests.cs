using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Propagation;

public class QuarantineCareTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private PropagationHost? _host;
    private int[] _indexes = [];

    private PropagationHost Host => _host!;

    public async Task InitializeAsync()
    {
        _host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        var table = await Tables.CreateAsync(Host, "Refusing", Tables.Short, Tables.Short);
        _indexes = [.. table.Indexes.Select(i => i.Id)];
        await Oracle.ScalarAsync(Host, $"""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.index_id = {_indexes[0]} THEN RAISE EXCEPTION 'no such entry' USING ERRCODE = '23514'; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON extenddb.index_entries
                FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        for (var i = 0; i < 5; i++)
        {
            await Host.PutAsync("Refusing", Tables.Item($"item-{i}", i));
        }

        await ApplyAsync();
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task List_shows_error_and_item_and_at_most_as_many_as_asked_for()
    {
        var all = await Quarantine.ListAsync(Host.Database, _indexes, 100, default);
        var two = await Quarantine.ListAsync(Host.Database, _indexes, 2, default);

        all.Should().HaveCount(5).And.OnlyContain(
            entry => entry.IndexId == _indexes[0] && entry.SqlState == "23514" && entry.Message == "no such entry" && entry.Attempts == 1);
        all.Select(entry => entry.Item!.Id()).Should().BeEquivalentTo(Enumerable.Range(0, 5).Select(i => $"item-{i}"));
        two.Should().Equal(all.Take(2), (one, other) => one.Item!.Equals(other.Item));
    }

    [Fact]
    public async Task List_shows_also_what_is_of_items_that_are_gone_or_cannot_be_read()
    {
        var gone = Tables.KeyOf("item-1").PartitionHash;
        var broken = Tables.KeyOf("item-2").PartitionHash;
        await Oracle.ScalarAsync(Host, "DELETE FROM extenddb.items WHERE partition_hash = $1", gone);
        await Oracle.ScalarAsync(Host, "UPDATE extenddb.items SET document = '[1]' WHERE partition_hash = $1", broken);

        var all = await Quarantine.ListAsync(Host.Database, _indexes, 100, default);

        all.Should().HaveCount(5);
        all.Count(entry => entry.Item is null).Should().Be(2);
    }

    [Fact]
    public async Task Other_indexes_are_neither_listed_nor_retried_nor_discarded()
    {
        var other = new[] { _indexes[1] };

        var listed = await Quarantine.ListAsync(Host.Database, other, 100, default);
        var retried = await Quarantine.RetryAsync(Host.Database, other, default);
        var discarded = await Quarantine.DiscardAsync(Host.Database, other, default);

        (listed.Count, retried, discarded).Should().Be((0, 0, 0));
        (await CountAsync()).Should().Be(5);
    }

    [Fact]
    public async Task Retry_heals_what_can_be_applied_now()
    {
        await AllowAsync();

        var retried = await Quarantine.RetryAsync(Host.Database, _indexes, default);
        var before = await CountAsync();
        await ApplyAsync();

        (retried, before, await CountAsync()).Should().Be((5, 5, 0));
        await Oracle.ExactAsync(Host, "after the retry");
    }

    [Fact]
    public async Task Retry_of_what_is_refused_again_counts_up()
    {
        await Quarantine.RetryAsync(Host.Database, _indexes, default);
        await ApplyAsync();

        (await Quarantine.ListAsync(Host.Database, _indexes, 100, default))
            .Should().HaveCount(5).And.OnlyContain(entry => entry.Attempts == 2 && entry.LastFailedAt > entry.FirstFailedAt);
    }

    [Fact]
    public async Task Retry_of_an_item_that_is_gone_heals_it()
    {
        await Oracle.ScalarAsync(Host, "DELETE FROM extenddb.items");

        await Quarantine.RetryAsync(Host.Database, _indexes, default);
        await ApplyAsync();

        (await CountAsync()).Should().Be(0);
        (await Oracle.VerifyAsync(Host)).Single(v => v.Index == "ByGroup0").Divergent.Should().Be(0);
    }

    [Fact]
    public async Task Verification_finds_what_was_discarded()
    {
        var before = await Oracle.VerifyAsync(Host);

        var discarded = await Quarantine.DiscardAsync(Host.Database, _indexes, default);
        var after = await Oracle.VerifyAsync(Host);

        discarded.Should().Be(5);
        before.Concat(after).Where(v => v.Index == "ByGroup0").Select(v => (v.Waiting, v.Missing)).Should().Equal((5, 0), (0, 5));
    }

    private Task<object?> AllowAsync() => Oracle.ScalarAsync(Host, "DROP TRIGGER refuse ON extenddb.index_entries");

    private async Task<long> CountAsync() =>
        (long)(await Oracle.ScalarAsync(Host, "SELECT count(*) FROM extenddb.gsi_quarantine"))!;

    /// <summary>Applies all markers, carefully, as a worker does after a batch that was refused.</summary>
    private Task ApplyAsync() => Waiting.UntilAsync(
        async () =>
        {
            var pace = new BatchSizer(4_000);
            pace.Failed(carefully: true);
            await Host.Database.Batches.ApplyDueAsync(pace, default);
            return await Oracle.PendingAsync(Host) == 0;
        },
        "the queue is drained");
}
