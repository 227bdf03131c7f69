using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.TimeToLive;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.TimeToLive;

/// <summary>Which items a look deletes, and whose turn it is; the looks are begun by hand.</summary>
public class SweepTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private OperationsHost? _host;

    private OperationsHost Host => _host!;

    // Not that of the start of the tests, which may have been a quarter of an hour ago.
    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public static TheoryData<string> Kept => [.. KeptBy.Keys];

    private static Dictionary<string, AttributeValue?> KeptBy => new()
    {
        ["nothing"] = null,
        ["a second to come"] = Now + 1_000,
        ["a string"] = $"{Now - 100}",
        ["more than five years"] = DateTimeOffset.UtcNow.AddYears(-5).AddMinutes(-5).ToUnixTimeSeconds(),
        ["the beginning of time"] = 0,
        ["a negative second"] = -Now,
        ["a set"] = new AttributeValue.NS(DynamoNumber.Parse("1")),
        ["a map"] = new AttributeValue.M(new AttributeMap { ["N"] = Now - 100 }),
    };

    [Theory]
    [InlineData("Expires")]
    [InlineData("na\0me \u0001")]
    [InlineData("N")]
    public async Task Item_whose_second_has_passed_is_deleted(string attribute)
    {
        var table = await CreateAsync(attribute);
        await PutAsync(table, "gone", attribute, Now - 1);
        await PutAsync(table, "also gone", attribute, DynamoNumber.Parse($"{Now - 1}.5"));
        await PutAsync(table, "not yet", attribute, Now + 1_000);

        var outcome = await SweepAsync();

        outcome.Should().Be(new ExpiredItemSweeper.Outcome(table, 2));
        (await IdsAsync(table)).Should().Equal("not yet");
    }

    [Fact]
    public async Task Item_that_cannot_be_deleted_keeps_no_other_from_expiring()
    {
        var table = await CreateAsync();
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            await PutAsync(table, id, "Expires", Now - 1);
        }

        await Host.ScalarAsync(
            """UPDATE extenddb.items SET document = document || '{"Sort":{"X":"1"}}' WHERE document #>> '{Id,S}' = 'c'""");

        var outcome = await SweepAsync();

        outcome!.Deleted.Should().Be(3);
        (await Host.ScalarAsync("SELECT string_agg(document #>> '{Id,S}', ' ') FROM extenddb.items")).Should().Be("c");
    }

    [Fact]
    public async Task Item_of_a_new_table_with_the_name_of_the_old_one_is_not_deleted()
    {
        var table = await CreateAsync();
        await PutAsync(table, "1", "Expires", Now - 1);
        var other = await Host.Db.GetTableDefinitionAsync(table);

        var refused = () => Host.Db.DeleteItemAsync(
            new(table, new() { ["Id"] = "1", ["Sort"] = 1 }) { OnlyTable = other.Id - 1 });

        await refused.Should().ThrowAsync<ResourceNotFoundException>();
        (await IdsAsync(table)).Should().Equal("1");
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Item_that_does_not_expire_is_kept(string by)
    {
        var table = await CreateAsync();
        await Host.PutAsync(table, KeptBy[by] is { } value
            ? new() { ["Id"] = "1", ["Sort"] = 1, ["Expires"] = value }
            : new() { ["Id"] = "1", ["Sort"] = 1 });

        await SweepAsync();

        (await IdsAsync(table)).Should().Equal("1");
    }

    [Fact]
    public async Task Entries_in_indexes_go_with_the_item()
    {
        var table = await CreateAsync();
        await PutAsync(table, "gone", "Expires", Now - 1);
        await Host.DrainAsync();

        await SweepAsync();
        await Host.DrainAsync();

        (await Host.QueryAllAsync(OperationsQuery.OfIndex(table, "ByKind", ("Kind", Condition.EqualTo("k"))))).Should().BeEmpty();
        (await Host.QueryAllAsync(OperationsQuery.OfIndex(
            table, "ByRank", ("Id", Condition.EqualTo("gone")), ("Rank", Condition.EqualTo(1))))).Should().BeEmpty();
    }

    [Fact]
    public async Task All_expired_items_of_many_chunks_are_deleted_and_no_others()
    {
        var name = await CreateAsync();
        var table = await Host.Db.GetTableDefinitionAsync(name);
        await using (var context = Host.CreateContext())
        {
            context.AddRange(Enumerable.Range(0, 2_500).Select(i => Item.Create(
                table, new() { ["Id"] = $"{i}", ["Sort"] = i, ["Expires"] = i % 10 == 0 ? Now - 1 : Now + 1_000 })));
            await context.SaveChangesAsync();
        }

        var outcome = await SweepAsync();

        outcome!.Deleted.Should().Be(250);
        (await Host.CountAsync($"items WHERE table_id = {table.Id}")).Should().Be(2_250);
    }

    [Fact]
    public async Task Item_that_is_prolonged_while_it_is_looked_at_stays()
    {
        var table = await CreateAsync();
        await PutAsync(table, "prolonged", "Expires", Now - 1);
        await using var writer = Host.CreateContext();
        await using var transaction = await writer.Database.BeginTransactionAsync();
        await writer.ExtendDb().PutItemAsync(new(table, ItemOf("prolonged", "Expires", Now + 1_000)));

        var sweep = SweepAsync();
        await LockWaits.UntilAnyAsync(Host.ConnectionString, "the deletion waits for the writer");
        await transaction.CommitAsync();

        (await sweep)!.Deleted.Should().Be(0);
        (await IdsAsync(table)).Should().Equal("prolonged");
    }

    [Fact]
    public async Task Item_that_somebody_holds_is_left_for_the_next_look_and_stops_no_other()
    {
        await using var impatient = await StartAsync(options => options.LockTimeout = TimeSpan.FromMilliseconds(50));
        var table = await CreateAsync();
        await PutAsync(table, "held", "Expires", Now - 1);
        await PutAsync(table, "free", "Expires", Now - 1);
        await using var holder = await Host.OpenAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand(
            "SELECT 1 FROM extenddb.items WHERE document #>> '{Id,S}' = 'held' FOR UPDATE", holder, holding))
        {
            await hold.ExecuteScalarAsync();
        }

        var outcome = await SweepAsync(impatient);

        outcome!.Deleted.Should().Be(1);
        (await IdsAsync(table)).Should().Equal("held");
    }

    [Fact]
    public async Task Document_that_holds_no_number_of_DynamoDBs_does_not_end_the_look()
    {
        var table = await CreateAsync();
        await PutAsync(table, "odd", "Expires", Now - 1);
        await PutAsync(table, "gone", "Expires", Now - 1);
        await Host.ScalarAsync(
            "UPDATE extenddb.items SET document = jsonb_set(document, '{Expires,N}', '\"NaN or so\"') "
            + "WHERE document #>> '{Id,S}' = 'odd'");

        var outcome = await SweepAsync();

        outcome!.Deleted.Should().Be(1);
    }

    [Fact]
    public async Task One_of_several_processes_has_the_turn_and_the_next_turn_comes_after_the_interval()
    {
        await using var other = await StartAsync();
        var table = await CreateAsync();

        var outcomes = await Task.WhenAll(SweepAsync(), SweepAsync(other), SweepAsync(), SweepAsync(other));
        var early = await SweepAsync(other);
        await Host.ScalarAsync("UPDATE extenddb.tables SET ttl_swept_at = now() - interval '61 min'");
        var late = await SweepAsync(other);

        outcomes.Where(o => o is not null).Should().ContainSingle().Which!.Table.Should().Be(table);
        early.Should().BeNull();
        late!.Table.Should().Be(table);
    }

    [Fact]
    public async Task Turn_goes_to_the_table_that_has_waited_longest()
    {
        var (first, second) = (await CreateAsync(), await CreateAsync());
        await Host.ScalarAsync(
            $"UPDATE extenddb.tables SET ttl_swept_at = now() - interval '2 h' * (CASE name WHEN '{second}' THEN 2 ELSE 1 END)");

        var turns = new[] { await SweepAsync(), await SweepAsync(), await SweepAsync() };

        turns.Select(o => o?.Table).Should().Equal(second, first, null);
    }

    [Fact]
    public async Task Tables_whose_items_do_not_expire_and_tables_that_go_have_no_turn()
    {
        var (disabled, deleted) = (await CreateAsync(), await CreateAsync());
        await Host.Db.UpdateTimeToLiveAsync(new(disabled, new("Expires", false)));
        await Host.Db.DeleteTableAsync(new(deleted));

        var outcome = await SweepAsync();

        outcome.Should().BeNull();
    }

    [Fact]
    public async Task Writers_of_items_do_not_hold_up_the_turn()
    {
        var table = await CreateAsync();
        await using var writer = Host.CreateContext();
        await using var transaction = await writer.Database.BeginTransactionAsync();
        await writer.ExtendDb().PutItemAsync(new(table, ItemOf("new", "Expires", Now + 1_000)));

        var outcome = await SweepAsync();

        outcome!.Table.Should().Be(table);
    }

    [Fact]
    public async Task Worker_deletes_expired_items_by_itself()
    {
        await using var worker = await OperationsHost.StartAsync(_connection, worker: true, options =>
            options.TimeToLive.SweepInterval = TimeSpan.FromMilliseconds(100));
        var table = await CreateAsync();

        await PutAsync(table, "gone", "Expires", Now - 1);

        await Waiting.UntilAsync(async () => (await IdsAsync(table)).Count == 0, "the worker deletes the item");
    }

    [Fact]
    public async Task Worker_that_shall_not_delete_expired_items_does_not()
    {
        var (interval, time) = (TimeSpan.FromMilliseconds(123), new NotedWaits());
        await using var worker = await OperationsHost.StartAsync(
            _connection,
            worker: true,
            options =>
            {
                options.CatalogPollInterval = interval;
                options.TimeToLive.SweepInterval = TimeSpan.FromMilliseconds(100);
                options.TimeToLive.Enabled = false;
            },
            time);
        var table = await CreateAsync();
        await PutAsync(table, "stays", "Expires", Now - 1);

        // Its other loops have gone round meanwhile.
        await time.UntilBegunAsync(10, interval);

        (await IdsAsync(table)).Should().Equal("stays");
    }

    public async Task InitializeAsync()
    {
        _connection = await database.CreateDatabaseAsync();
        _host = await StartAsync();
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private string _connection = "";

    private Task<OperationsHost> StartAsync(Action<ExtendDbOptions>? configure = null) =>
        OperationsHost.StartAsync(_connection, configure: options =>
        {
            options.TimeToLive.SweepInterval = Interval;
            configure?.Invoke(options);
        });

    private async Task<string> CreateAsync(string attribute = "Expires")
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S Sort:N")
            .WithGlobal("ByKind", "Kind:S").WithLocal("ByRank", "Id:S Rank:N"));
        await Host.Db.UpdateTimeToLiveAsync(new(table, new(attribute, true)));
        return table;
    }

    private static AttributeMap ItemOf(string id, string attribute, AttributeValue expires) =>
        new() { ["Id"] = id, ["Sort"] = 1, ["Kind"] = "k", ["Rank"] = 1, [attribute] = expires };

    private Task PutAsync(string table, string id, string attribute, AttributeValue expires) =>
        Host.PutAsync(table, ItemOf(id, attribute, expires));

    private Task<ExpiredItemSweeper.Outcome?> SweepAsync(OperationsHost? by = null) =>
        new ExpiredItemSweeper((by ?? Host).Database(), (by ?? Host).Db, NullLogger.Instance).RunAsync(CancellationToken.None);

    private async Task<List<string>> IdsAsync(string table) =>
        [.. (await Host.Db.ScanAsync(new(table))).Items.Select(item => ((AttributeValue.S)item["Id"]).Value)];
}
