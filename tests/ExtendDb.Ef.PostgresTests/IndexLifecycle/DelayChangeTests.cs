using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

public class DelayChangeTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task Lowered_delay_counts_for_what_waits_for_that_index_already(int milliseconds)
    {
        await using var host = await ChangedDelay.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Lowered", ChangedDelay.Day, ChangedDelay.Day);
        await host.PutAsync("Lowered", Tables.Item("one", 1));
        await host.PutAsync("Lowered", Tables.Item("two", 1));
        await host.PutAsync("Lowered", Tables.Item("two", 2));

        await host.Db.UpdateTableAsync(
            ChangedDelay.Of("Lowered", "ByGroup0", TimeSpan.FromMilliseconds(milliseconds)));
        await ChangedDelay.DoneAsync(host);
        await Waiting.UntilAsync(
            async () => await ChangedDelay.EntriesAsync(host, "ByGroup0") == 2, "what waited is applied");

        (await Oracle.VerifyAsync(host)).Select(v => (v.Index, v.Divergent, v.Waiting)).Should().BeEquivalentTo(
            [("ByGroup0", 0L, 0L), ("ByGroup1", 0L, 2L)]);
        (await Oracle.PendingAsync(host)).Should().Be(3, "the other index has its delay still");
    }

    [Fact]
    public async Task Raised_delay_counts_for_later_changes_and_is_noted_as_done()
    {
        await using var host = await ChangedDelay.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Raised", TimeSpan.FromMilliseconds(200));
        await host.PutAsync("Raised", Tables.Item("before", 1));

        await host.Db.UpdateTableAsync(ChangedDelay.Of("Raised", "ByGroup0", ChangedDelay.Day));
        await host.PutAsync("Raised", Tables.Item("after", 1));
        await ChangedDelay.DoneAsync(host);
        await Waiting.UntilAsync(
            async () => await ChangedDelay.EntriesAsync(host, "ByGroup0") == 1, "what waited with the shorter delay is applied");

        (await host.QueryAsync("Raised", "ByGroup0", "Group", "all")).Should().ContainSingle(i => i.Id() == "before");
        (await Oracle.ScalarAsync(host, "SELECT min(ready_at) - now() FROM extenddb.gsi_pending"))
            .Should().BeOfType<TimeSpan>().Which.Should().BeGreaterThan(TimeSpan.FromHours(23));
    }

    [Fact]
    public async Task Delay_that_is_changed_again_at_once_ends_as_the_last_change_says()
    {
        await using var host = await ChangedDelay.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Twice", ChangedDelay.Day);
        await host.PutAsync("Twice", Tables.Item("a day", 1));

        await host.Db.UpdateTableAsync(ChangedDelay.Of("Twice", "ByGroup0", TimeSpan.FromHours(1)));
        await host.PutAsync("Twice", Tables.Item("an hour", 1));
        await host.Db.UpdateTableAsync(ChangedDelay.Of("Twice", "ByGroup0", TimeSpan.FromMilliseconds(50)));
        await ChangedDelay.DoneAsync(host);

        await Waiting.UntilAsync(
            async () => await ChangedDelay.EntriesAsync(host, "ByGroup0") == 2, "what waited is applied");
    }

    [Fact]
    public async Task Delay_that_is_changed_while_an_earlier_change_waits_for_a_transaction_is_not_lost()
    {
        var time = new NotedWaits();
        await using var host = await ChangedDelay.StartAsync(await fixture.CreateDatabaseAsync(), time);
        await Tables.CreateAsync(host, "Held", ChangedDelay.Day);
        await host.PutAsync("Held", Tables.Item("first", 1));
        await using var held = await host.Database.Connections.OpenAsync(default);
        await using var open = await held.BeginTransactionAsync();
        await Sql.ScalarAsync(held, "SELECT 1");
        await host.Db.UpdateTableAsync(ChangedDelay.Of("Held", "ByGroup0", Tables.NoDelay));

        await AddedIndex.StepsAsync(time, 40);
        var early = await ChangedDelay.IsDoneAsync(host);
        await host.Db.UpdateTableAsync(ChangedDelay.Of("Held", "ByGroup0", Tables.Short));
        await open.RollbackAsync();
        await ChangedDelay.DoneAsync(host);

        early.Should().BeFalse("the open transaction may still write with the older delay");
        await Waiting.UntilAsync(
            async () => await ChangedDelay.EntriesAsync(host, "ByGroup0") == 1, "what waited is applied");
    }

    [Fact]
    public async Task Delay_of_an_index_that_is_being_created_can_be_lowered()
    {
        await using var host = await ChangedDelay.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Created", Tables.Short);
        await host.PutAsync("Created", AddedIndex.Item("old", "red"));
        var create = AddedIndex.Create("Created");
        await host.Db.UpdateTableAsync(create with
        {
            GlobalSecondaryIndexUpdates =
            [
                new() { Create = create.GlobalSecondaryIndexUpdates![0].Create! with { PropagationDelay = ChangedDelay.Day } },
            ],
        });
        await host.PutAsync("Created", AddedIndex.Item("new", "blue"));

        await host.Db.UpdateTableAsync(ChangedDelay.Of("Created", AddedIndex.Name, TimeSpan.FromMilliseconds(100)));
        var during = await AddedIndex.StatusAsync(host, "Created");
        await AddedIndex.ActiveAsync(host, "Created");
        await ChangedDelay.DoneAsync(host);

        during.Should().Be(IndexStatus.CREATING);
        await Waiting.UntilAsync(
            async () => await AddedIndex.EntriesAsync(host) == 2, "what was written meanwhile is applied");
    }

    [Fact]
    public async Task Writers_of_another_process_leave_nothing_that_waits_for_the_older_delay()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var host = await ChangedDelay.StartAsync(database);
        await using var writer = await PropagationHost.StartWithoutWorkerAsync(
            database, options => options.CatalogPollInterval = TimeSpan.FromSeconds(2));
        await Tables.CreateAsync(host, "Written", ChangedDelay.Day);
        await using var context = writer.CreateContext();
        await using var open = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new("Written", Tables.Item("before", 1)));

        await host.Db.UpdateTableAsync(ChangedDelay.Of("Written", "ByGroup0", Tables.Short));
        for (var written = 0; written < 20 || !await ChangedDelay.IsDoneAsync(host); written++)
        {
            await writer.PutAsync("Written", Tables.Item($"item-{written % 50}", written));
            if (written == 10)
            {
                await open.CommitAsync();
            }
        }

        await Waiting.UntilAsync(
            async () => (await Oracle.VerifyAsync(host)).TrueForAll(v => v.Entries == v.Items && v.Divergent == 0),
            "all is there");
        await Waiting.UntilAsync(
            async () => await Oracle.ScalarAsync(
                host, "SELECT count(*) FROM extenddb.gsi_pending WHERE ready_at < now() + interval '1 hour'") is 0L,
            "what waits still is of the older delay");
        (await Oracle.ScalarAsync(host, """
            SELECT count(*)
            FROM extenddb.index_entries AS e
            JOIN extenddb.items AS i USING (partition_hash)
            WHERE e.document <> i.document
            """)).Should().Be(0L);
    }

    [Fact]
    public async Task Older_markers_that_come_due_after_all_change_nothing()
    {
        await using var host = await ChangedDelay.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Late", ChangedDelay.Day);
        await host.PutAsync("Late", Tables.Item("kept", 1));
        await host.PutAsync("Late", Tables.Item("gone", 1));
        await host.Db.UpdateTableAsync(ChangedDelay.Of("Late", "ByGroup0", Tables.NoDelay));
        await ChangedDelay.DoneAsync(host);
        await host.PutAsync("Late", Tables.Item("kept", 2));
        await host.DeleteAsync("Late", "gone");

        await Oracle.ScalarAsync(host, "UPDATE extenddb.gsi_pending SET ready_at = now()");

        await Oracle.DrainedAndExactAsync(host);
        (await host.QueryAsync("Late", "ByGroup0", "Group", "all")).Should().ContainSingle().Which.Seq().Should().Be(2);
    }
}
