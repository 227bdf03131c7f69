using ExtendDb.Ef.Consumers;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Streams;
using ExtendDb.Ef.StreamLifecycle;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Consumers;

/// <summary>A consumer handles each record exactly once, whatever fails.</summary>
public class ConsumerTests(OperationsFixture database) : OperationsTests(database)
{
    private readonly string _name = $"consumer {Guid.NewGuid():N}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_record_counts_once_although_handlers_fail_and_several_processes_run(bool retries)
    {
        var (table, totals) = await TablesAsync();
        ScriptedHandler Failing(int seed)
        {
            var random = new Random(seed);
            return new()
            {
                Totals = totals,
                Then = (_, _) => random.Next(3) == 0 ? throw new InvalidDataException("scripted") : Task.CompletedTask,
            };
        }

        void Configure(StreamConsumerOptions options)
        {
            options.Table(table.Name);
            (options.MaxRecords, options.Attempts) = (7, 1_000);
        }

        void ConfigureContext(DbContextOptionsBuilder context) => context.UseNpgsql(npgsql => npgsql.EnableRetryOnFailure());
        await using var one = await StartAsync(Failing(1), Configure, retries ? ConfigureContext : null);
        await using var two = await StartAsync(Failing(2), Configure, retries ? ConfigureContext : null);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async item =>
        {
            for (var n = 1; n <= 20; n++)
            {
                await table.PutAsync($"item {item}", n);
            }
        }));

        await HandledAsync(table, 200);

        (await TotalsAsync(totals)).Should().HaveCount(10).And.OnlyContain(total => total.Value == 20);
    }

    [Fact]
    public async Task Record_that_fails_stops_its_shard_until_the_consumer_is_reset()
    {
        var (table, totals) = await TablesAsync();
        var isMended = false;
        var handler = FailingAt("MODIFY a 2", totals, () => isMended);
        await using var host = await StartAsync(handler, options => options.Table(table.Name).Attempts = 2);
        foreach (var n in Enumerable.Range(1, 3))
        {
            await table.PutAsync("a", n);
        }

        await Waiting.UntilAsync(async () => await PlacesAsync("next_attempt_at = 'infinity'") == 1, "the shard is stopped");

        (await TotalsAsync(totals)).Should().BeEquivalentTo(new Dictionary<string, int> { ["a"] = 1 });
        (await Host.ScalarAsync($"SELECT error FROM extenddb.stream_consumer_shards WHERE consumer = '{_name}' AND attempts > 0"))
            .Should().BeOfType<string>().Which.Should().Contain("poison");
        isMended = true;
        (await ConsumerAdministration.ResetAsync(Host.Database(), _name, to: null, default)).Should().BeTrue();
        await HandledAsync(table, 3);
        (await TotalsAsync(totals)).Should().BeEquivalentTo(new Dictionary<string, int> { ["a"] = 3 });
    }

    [Fact]
    public async Task Record_that_fails_is_set_aside_and_handled_later()
    {
        var (table, totals) = await TablesAsync();
        var isMended = false;
        var handler = FailingAt("MODIFY a 2", totals, () => isMended);
        await using var host = await StartAsync(
            handler,
            options => (options.Table(table.Name).Attempts, options.WhenFailed) = (2, StreamFailure.SetAside));
        foreach (var n in Enumerable.Range(1, 3))
        {
            await table.PutAsync("a", n);
        }

        await HandledAsync(table, 3);
        (await TotalsAsync(totals)).Should().BeEquivalentTo(new Dictionary<string, int> { ["a"] = 2 });
        (await SetAsideAsync()).Should().Be(1);
        isMended = true;
        await Host.ScalarAsync($"UPDATE extenddb.stream_set_aside SET next_attempt_at = now() WHERE consumer = '{_name}'");

        await Waiting.UntilAsync(async () => await SetAsideAsync() == 0, "the record is handled after all");

        (await TotalsAsync(totals)).Should().BeEquivalentTo(new Dictionary<string, int> { ["a"] = 3 });
    }

    [Fact]
    public async Task Handler_that_takes_too_long_is_cancelled_and_fails()
    {
        var (table, totals) = await TablesAsync();
        var handler = new ScriptedHandler { Totals = totals, Then = (_, cancel) => Task.Delay(Timeout.Infinite, cancel) };
        await using var host = await StartAsync(
            handler,
            options => (options.Table(table.Name).Attempts, options.HandlerTimeout) = (1, TimeSpan.FromMilliseconds(100)));
        await table.PutAsync("a", 1);

        await Waiting.UntilAsync(async () => await PlacesAsync("error LIKE '%took more than%'") == 1, "the call has failed");

        (await TotalsAsync(totals)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("beginning", 3)]
    [InlineData("instant", 2)]
    [InlineData("now", 1)]
    public async Task Consumer_starts_where_it_is_told_to_and_later_goes_on_from_its_place(string start, int handled)
    {
        var (table, totals) = await TablesAsync();
        await table.PutAsync("a", 1);
        await Host.Db.AllAsync(table.Name);
        await Host.ScalarAsync("UPDATE extenddb.stream_records SET created_at = created_at - interval '1 hour'");
        var instant = Host.Database().Clock.UtcNow.AddMinutes(-1);
        await table.PutAsync("a", 2);
        void Configure(StreamConsumerOptions options) => _ = start switch
        {
            "beginning" => options.Table(table.Name).StartAtBeginning(),
            "instant" => options.Table(table.Name).StartAt(instant),
            _ => options.Table(table.Name).StartAtNow(),
        };
        await Host.Db.AllAsync(table.Name);
        await using (await StartAsync(new() { Totals = totals }, Configure))
        {
            await table.PutAsync("a", 3);
            await HandledAsync(table, 3);
        }

        (await TotalsAsync(totals))["a"].Should().Be(handled);
        await table.PutAsync("a", 4);
        await using var again = await StartAsync(new() { Totals = totals }, Configure);
        await HandledAsync(table, 4);
        (await TotalsAsync(totals))["a"].Should().Be(handled + 1);
    }

    [Theory]
    [InlineData(StreamBehind.StopShard)]
    [InlineData(StreamBehind.GoOn)]
    public async Task Consumer_that_has_fallen_behind_the_retention_stops_or_goes_on(StreamBehind whenBehind)
    {
        var (table, totals) = await TablesAsync();
        void Configure(StreamConsumerOptions options) => options.Table(table.Name).WhenBehind = whenBehind;
        await using (await StartAsync(new(), Configure))
        {
        }

        await table.PutAsync("a", 1);
        await Host.Db.AllAsync(table.Name);
        await Host.ScalarAsync("UPDATE extenddb.stream_records SET created_at = created_at - interval '25 hours'");
        await new StreamTrimming(Host.Database(), NullLogger.Instance).StepAsync(default);
        await table.PutAsync("a", 2);

        await using var host = await StartAsync(new() { Totals = totals }, Configure);

        if (whenBehind == StreamBehind.GoOn)
        {
            await HandledAsync(table, 2);
            (await TotalsAsync(totals))["a"].Should().Be(1);
        }
        else
        {
            await Waiting.UntilAsync(async () => await PlacesAsync("next_attempt_at = 'infinity'") == 1, "the shard is stopped");
            (await TotalsAsync(totals)).Should().BeEmpty();
        }
    }

    [Fact]
    public async Task Consumer_goes_on_with_the_next_stream_of_its_table_behind_the_end_of_the_last()
    {
        var (table, totals) = await TablesAsync();
        var lines = new List<string>();
        await table.PutAsync("a", 1);
        await SwitchAsync(table.Name, null);
        await SwitchAsync(table.Name, StreamViewType.NEW_IMAGE);
        await table.PutAsync("a", 2);
        var handler = new ScriptedHandler
        {
            Totals = totals,
            Then = (records, _) =>
            {
                lines.AddRange(records.Select(StreamTable.Line));
                return Task.CompletedTask;
            },
        };

        await using var host = await StartAsync(handler, options => options.Table(table.Name));
        await HandledAsync(table, 1);
        await SwitchAsync(table.Name, null);
        await SwitchAsync(table.Name, StreamViewType.NEW_IMAGE);
        await table.PutAsync("a", 3);

        await Waiting.UntilAsync(async () => (await TotalsAsync(totals)).GetValueOrDefault("a") == 3, "all records are handled");
        lines.Should().Equal("INSERT a 1", "MODIFY a 2", "MODIFY a 3");
    }

    [Fact]
    public async Task Consumer_with_other_settings_is_refused_at_start()
    {
        var (table, _) = await TablesAsync();
        await using var host = await StartAsync(new(), options => options.Table(table.Name));

        var otherTable = () => StartAsync(new(), options => options.Table("Other"));
        var otherStart = () => StartAsync(new(), options => options.Table(table.Name).StartAtNow());
        var same = () => StartAsync(new(), options => options.Table(table.Name).MaxRecords = 5);

        await otherTable.Should().ThrowAsync<InvalidOperationException>().WithMessage($"The stream consumer {_name} is registered for *");
        await otherStart.Should().ThrowAsync<InvalidOperationException>();
        await (await same()).DisposeAsync();
    }

    [Fact]
    public void Consumer_that_is_added_twice_or_for_another_context_or_without_a_table_is_refused()
    {
        var builder = new ServiceCollection().AddExtendDb("Host=nowhere");
        builder.AddStreamConsumer<ScriptedHandler>("one", options => options.Table("T"));

        var twice = () => builder.AddStreamConsumer<ScriptedHandler>("one", options => options.Table("T"));
        var noTable = () => builder.AddStreamConsumer<ScriptedHandler>("two", _ => { });
        var other = () => new ServiceCollection().AddExtendDb<LinksContext>((_, _) => { })
            .AddStreamConsumer<ScriptedHandler>("one", options => options.Table("T"));

        twice.Should().Throw<InvalidOperationException>().WithMessage("The stream consumer one is added twice.");
        noTable.Should().Throw<InvalidOperationException>().WithMessage("A stream consumer needs a table*");
        other.Should().Throw<ArgumentException>().WithMessage("ScriptedHandler does not implement IStreamHandler<LinksContext>*");
    }

    [Fact]
    public async Task Consumer_is_reset_to_the_beginning_and_removed()
    {
        var (table, totals) = await TablesAsync();
        await using (await StartAsync(new() { Totals = totals }, options => options.Table(table.Name)))
        {
            await table.PutAsync("a", 1);
            await HandledAsync(table, 1);
        }

        (await ConsumerAdministration.ResetAsync(Host.Database(), _name, "TRIM_HORIZON", default)).Should().BeTrue();
        await using (await StartAsync(new() { Totals = totals }, options => options.Table(table.Name)))
        {
            await Waiting.UntilAsync(async () => (await TotalsAsync(totals))["a"] == 2, "the record is handled again");
        }

        (await ConsumerAdministration.RemoveAsync(Host.Database(), _name, default)).Should().BeTrue();
        (await ConsumerAdministration.RemoveAsync(Host.Database(), _name, default)).Should().BeFalse();
        (await PlacesAsync("true")).Should().Be(0);
    }

    [Fact]
    public async Task Stream_is_read_on_from_places_that_the_reader_has_kept()
    {
        var table = await StreamTable.CreateAsync(Host);
        var places = new Dictionary<string, string>();
        for (var round = 1; round <= 2; round++)
        {
            foreach (var id in Enumerable.Range(0, 20))
            {
                await table.PutAsync($"item {id}", round);
            }

            var read = new List<string>();
            await foreach (var record in Host.Db.ReadStreamAsync(table.Arn, places))
            {
                read.Add(StreamTable.Line(record));
                places[record.ShardId] = record.SequenceNumber;
            }

            var what = round == 1 ? "INSERT" : "MODIFY";
            read.Should().BeEquivalentTo(Enumerable.Range(0, 20).Select(id => $"{what} item {id} {round}"));
        }
    }

    private static ScriptedHandler FailingAt(string line, string totals, Func<bool> isMended) => new()
    {
        Totals = totals,
        Then = (records, _) => !isMended() && records.Any(record => StreamTable.Line(record) == line)
            ? throw new InvalidDataException("poison")
            : Task.CompletedTask,
    };

    private Task<ConsumerHost> StartAsync(
        ScriptedHandler handler,
        Action<StreamConsumerOptions> configure,
        Action<DbContextOptionsBuilder>? configureContext = null) =>
        ConsumerHost.StartAsync(Host.ConnectionString, _name, handler, configure, configureContext);

    private async Task<(StreamTable Table, string Totals)> TablesAsync() =>
        (await StreamTable.CreateAsync(Host), await Host.CreateAsync(OperationsTable.Of("Id:S")));

    private async Task SwitchAsync(string table, StreamViewType? viewType)
    {
        await Host.Db.UpdateTableAsync(new(table) { StreamSpecification = new(viewType is not null, viewType) });
        await Host.SettleStreamsAsync();
    }

    /// <summary>Waits until the consumer is behind a number of records of the table's latest stream.</summary>
    private async Task HandledAsync(StreamTable table, int records) => await Waiting.UntilAsync(
        async () => (decimal)(await Host.ScalarAsync(
            $"""
            SELECT coalesce(sum(p.number), 0)
            FROM extenddb.stream_consumer_shards AS p
            WHERE p.consumer = '{_name}' AND p.stream_id = (SELECT stream_id FROM extenddb.tables WHERE name = '{table.Name}')
            """))! == records,
        $"{records} records are handled");

    private async Task<Dictionary<string, int>> TotalsAsync(string totals) => (await Host.ScanAllAsync(new(totals)))
        .ToDictionary(item => ((AttributeValue.S)item["Id"]).Value, item => int.Parse($"{((AttributeValue.N)item["N"]).Value}"));

    private async Task<long> PlacesAsync(string condition) => (long)(await Host.ScalarAsync(
        $"SELECT count(*) FROM extenddb.stream_consumer_shards WHERE consumer = '{_name}' AND {condition}"))!;

    private async Task<long> SetAsideAsync() => (long)(await Host.ScalarAsync(
        $"SELECT count(*) FROM extenddb.stream_set_aside WHERE consumer = '{_name}'"))!;
}
