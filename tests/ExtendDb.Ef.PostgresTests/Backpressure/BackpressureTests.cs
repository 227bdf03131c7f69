using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.PostgresTests.Telemetry;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;
using Item = ExtendDb.Ef.Model.Item;

namespace ExtendDb.Ef.PostgresTests.Backpressure;

public class BackpressureTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    // After this time no reading of the lag is new enough.
    private static readonly TimeSpan ReadAgain = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Write_at_the_limit_is_refused_with_DynamoDBs_error_and_writes_nothing()
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Reject, lag: Limit);
        await using var held = await HoldAllTurnsAsync(host);

        var put = () => host.PutAsync("Lagging", Tables.Item("refused", 1));

        (await put.Should().ThrowAsync<ProvisionedThroughputExceededException>())
            .Which.Message.Should().Contain("Lagging").And.Contain("may lag 2 s");
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items")).Should().Be(1L);
        (await Oracle.PendingAsync(host)).Should().Be(1);
    }

    [Fact]
    public async Task SaveChangesAsync_at_the_limit_is_refused()
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Reject, lag: Limit);
        await using var held = await HoldAllTurnsAsync(host);
        await using var context = host.CreateContext();
        context.Add(Item.Create(await host.Db.GetTableDefinitionAsync("Lagging"), Tables.Item("refused", 1)));

        var save = () => context.SaveChangesAsync();

        await save.Should().ThrowAsync<ProvisionedThroughputExceededException>();
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items")).Should().Be(1L);
    }

    [Fact]
    public async Task Synchronous_SaveChanges_at_the_limit_is_neither_refused_nor_slowed()
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Reject, lag: Limit);
        await using var held = await HoldAllTurnsAsync(host);
        using var context = host.CreateContext();
        context.Add(Item.Create(await host.Db.GetTableDefinitionAsync("Lagging"), Tables.Item("saved", 1)));
        using var readings = new MeterReadings(host.Database.Name);

        context.SaveChanges();

        readings.Values("extenddb.gsi.throttled").Should().BeEmpty();
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items")).Should().Be(2L);
        (await Oracle.PendingAsync(host)).Should().Be(2);
    }

    [Theory]
    [InlineData("Lagging")]
    [InlineData("arn:aws:dynamodb:local:000000000000:table/Lagging")]
    public async Task Refused_transaction_says_at_which_actions(string lagging)
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Reject, lag: Limit);
        await using var held = await HoldAllTurnsAsync(host);
        await Tables.CreateAsync(host, "Quick", Tables.Short);

        var write = () => host.Db.TransactWriteItemsAsync(new(
        [
            new() { Put = new("Quick", Tables.Item("a", 1)) },
            new() { Put = new(lagging, Tables.Item("a", 1)) },
        ]));

        (await write.Should().ThrowAsync<TransactionCanceledException>()).Which.CancellationReasons
            .Select(reason => reason.Code).Should().Equal("None", "ProvisionedThroughputExceeded");
    }

    [Theory]
    [InlineData("Lagging")]
    [InlineData("arn:aws:dynamodb:local:000000000000:table/Lagging")]
    public async Task Batch_leaves_what_is_for_a_lagging_table_unprocessed(string lagging)
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Reject, lag: Limit);
        await using var held = await HoldAllTurnsAsync(host);
        await Tables.CreateAsync(host, "Quick", Tables.Short);

        var response = await host.Db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            ["Quick"] = [new() { PutRequest = new(Tables.Item("a", 1)) }],
            [lagging] = [new() { PutRequest = new(Tables.Item("a", 1)) }],
        }));

        response.UnprocessedItems.Keys.Should().Equal(lagging);
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items")).Should().Be(2L);
    }

    [Fact]
    public async Task Table_opens_again_by_those_who_want_to_write_without_any_worker()
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Reject, lag: Limit * 5);

        var refused = () => host.PutAsync("Lagging", Tables.Item("later", 1));
        await refused.Should().ThrowAsync<ProvisionedThroughputExceededException>();

        await Waiting.UntilAsync(
            async () =>
            {
                try
                {
                    await host.PutAsync("Lagging", Tables.Item("later", 1));
                    return true;
                }
                catch (ProvisionedThroughputExceededException)
                {
                    return false;
                }
            },
            "the table should open again");
        await Oracle.ApplyAllAndExactAsync(host);
    }

    [Fact]
    public async Task Table_that_closed_opens_at_seventy_percent_of_its_limit()
    {
        var time = new JumpingTime();
        await using var host = await LaggingHostAsync(GsiBackpressure.Reject, lag: Limit, time: time);
        await using var held = await HoldAllTurnsAsync(host);
        var put = () => host.PutAsync("Lagging", Tables.Item("other", 1));
        await put.Should().ThrowAsync<ProvisionedThroughputExceededException>();

        await BackdateAsync(host, Limit * 0.8);
        time.Jump(ReadAgain);
        await put.Should().ThrowAsync<ProvisionedThroughputExceededException>();

        await BackdateAsync(host, Limit * 0.3);
        time.Jump(ReadAgain);
        await put.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Write_above_half_of_the_limit_applies_a_batch_after_its_commit()
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Assist, lag: Limit * 0.6);

        await host.PutAsync("Lagging", Tables.Item("helper", 1));

        (await Oracle.ScalarAsync(
            host, "SELECT count(*) FROM extenddb.gsi_pending WHERE ready_at < now() - interval '1 second'")).Should().Be(0L);
    }

    [Fact]
    public async Task Write_below_half_of_the_limit_only_waits()
    {
        await using var host = await LaggingHostAsync(
            GsiBackpressure.Assist, lag: Limit * 4, options => options.Backpressure.Limit = Limit * 10);

        await host.PutAsync("Lagging", Tables.Item("other", 1));

        (await Oracle.PendingAsync(host)).Should().Be(2);
    }

    [Fact]
    public async Task Delayed_write_waits_the_cube_of_its_share_of_the_limit()
    {
        var time = new NotedWaits();
        await using var host = await LaggingHostAsync(GsiBackpressure.Delay, lag: Limit * 0.8, time: time);

        await host.PutAsync("Lagging", Tables.Item("slow", 1));

        // The marker gets older until its lag is read, and no delay is longer than a second.
        time.Waits.Where(wait => wait >= TimeSpan.FromMilliseconds(500) && wait <= TimeSpan.FromSeconds(1))
            .Should().NotBeEmpty();
        (await Oracle.PendingAsync(host)).Should().Be(2, "who is only delayed does not help");
    }

    [Fact]
    public async Task Caller_who_gives_up_while_delayed_has_written()
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Delay, lag: Limit);
        using var caller = new CancellationTokenSource();

        var put = host.Db.PutItemAsync(new("Lagging", Tables.Item("kept", 1)), caller.Token);
        await Waiting.UntilAsync(
            async () => await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items") is 2L, "the item is written");
        await caller.CancelAsync();

        await put.Awaiting(written => written).Should().NotThrowAsync();
    }

    [Fact]
    public async Task Table_of_its_own_limit_is_bounded_by_that()
    {
        await using var host = await LaggingHostAsync(
            GsiBackpressure.Off,
            lag: Limit,
            options => options.Backpressure.Tables["Lagging"] = new() { Mode = GsiBackpressure.Reject, Limit = Limit / 2 });
        await using var held = await HoldAllTurnsAsync(host);

        var put = () => host.PutAsync("Lagging", Tables.Item("refused", 1));

        await put.Should().ThrowAsync<ProvisionedThroughputExceededException>();
    }

    [Fact]
    public async Task Tables_without_global_indexes_and_tables_that_do_not_lag_are_written_as_ever()
    {
        await using var host = await LaggingHostAsync(GsiBackpressure.Reject, lag: Limit * 2);
        await using var held = await HoldAllTurnsAsync(host);
        await host.Db.CreateTableAsync(new("Plain", [new("Id", KeyType.HASH)], [new("Id", AttributeType.S)]));
        await Tables.CreateAsync(host, "Quick", Tables.Short);

        await host.PutAsync("Plain", Tables.Item("a", 1));
        await host.PutAsync("Quick", Tables.Item("a", 1));

        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.items")).Should().Be(3L);
    }

    [Fact]
    public async Task Writers_alone_keep_the_lag_within_the_limit_when_no_worker_runs()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(
            await fixture.CreateDatabaseAsync(),
            options => (options.Backpressure.Mode, options.Backpressure.Limit) = (GsiBackpressure.Reject, Limit));
        await Tables.CreateAsync(host, "Busy", Tables.Short);
        var most = TimeSpan.Zero;
        var until = DateTime.UtcNow + Limit * 3;

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            // As a client that is refused, the writer comes back a little later.
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            for (var i = 0; DateTime.UtcNow < until; i++)
            {
                try
                {
                    await host.PutAsync("Busy", Tables.Item($"{writer}-{i % 50}", i));
                }
                catch (ProvisionedThroughputExceededException)
                {
                    await pace.WaitForNextTickAsync();
                }

                var lag = (await host.Database.Lag.RecentAsync(CancellationToken.None)).Most;
                most = lag > most ? lag : most;
            }
        }));

        most.Should().BeGreaterThan(Limit / 2).And.BeLessThan(Limit * 2);
        await Oracle.ApplyAllAndExactAsync(host);
    }

    /// <summary>A process without worker, and a table with one item whose marker is overdue.</summary>
    private async Task<PropagationHost> LaggingHostAsync(
        GsiBackpressure mode, TimeSpan lag, Action<ExtendDbOptions>? configure = null, TimeProvider? time = null)
    {
        var host = await PropagationHost.StartWithoutWorkerAsync(
            await fixture.CreateDatabaseAsync(),
            options =>
            {
                (options.Backpressure.Mode, options.Backpressure.Limit) = (mode, Limit);
                configure?.Invoke(options);
            },
            time);
        await Tables.CreateAsync(host, "Lagging", Tables.Short);
        await using (var other = await PropagationHost.StartWithoutWorkerAsync(
            host.ConnectionString, options => options.Backpressure.Mode = GsiBackpressure.Off))
        {
            await other.PutAsync("Lagging", Tables.Item("first", 1));
        }

        await BackdateAsync(host, lag);
        return host;
    }

    private static Task<object?> BackdateAsync(PropagationHost host, TimeSpan lag) =>
        Oracle.ScalarAsync(host, "UPDATE extenddb.gsi_pending SET ready_at = clock_timestamp() - $1", lag);

    /// <summary>Takes the turn of all slots, as a worker that hangs would, so that nobody can help.</summary>
    private static async Task<NpgsqlConnection> HoldAllTurnsAsync(PropagationHost host)
    {
        var holder = await host.Database.Connections.OpenAsync(CancellationToken.None);
        await holder.BeginTransactionAsync();
        await Sql.ScalarAsync(holder, "SELECT count(*) FROM (SELECT FROM extenddb.gsi_slots FOR UPDATE) AS held");
        return holder;
    }
}
