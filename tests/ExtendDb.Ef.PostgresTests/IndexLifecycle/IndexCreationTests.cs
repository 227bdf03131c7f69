using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

[Collection(AloneCollection.Name)]
public class IndexCreationTests(ExtendDbFixture fixture, ITestOutputHelper output) : IClassFixture<ExtendDbFixture>
{
    private const int Many = 12_500;

    [Fact]
    public async Task Index_added_to_a_table_of_many_items_becomes_active_with_an_entry_for_each()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        var table = await Tables.CreateAsync(host, "Filled", Tables.Short);
        await AddedIndex.FillAsync(host, table, Many);

        var answer = (await host.Db.UpdateTableAsync(AddedIndex.Create("Filled"))).TableDescription;
        await AddedIndex.ActiveAsync(host, "Filled");

        answer.TableStatus.Should().Be(TableStatus.UPDATING);
        answer.GlobalSecondaryIndexes.Single(i => i.IndexName == AddedIndex.Name).Should().Match<IndexDescription>(
            i => i.IndexStatus == IndexStatus.CREATING && i.Backfilling == true);
        (await AddedIndex.EntriesAsync(host)).Should().Be(Many);
        await Oracle.DrainedAndExactAsync(host);
        (await host.QueryAsync("Filled", AddedIndex.Name, "Colour", "c3")).Should().HaveCount(1_786);
        (await host.Db.DescribeTableAsync(new("Filled"))).Table.TableStatus.Should().Be(TableStatus.ACTIVE);
    }

    [Fact]
    public async Task Items_whose_attribute_has_another_type_are_left_out()
    {
        await using var host = await PropagationHost.StartAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Typed", Tables.Short);
        await host.PutAsync("Typed", AddedIndex.Item("right", "red"));
        await host.PutAsync("Typed", AddedIndex.Item("number", 7));
        await host.PutAsync("Typed", AddedIndex.Item("empty", ""));
        await host.PutAsync("Typed", AddedIndex.Item("without", null));

        await host.Db.UpdateTableAsync(AddedIndex.Create("Typed"));
        await AddedIndex.ActiveAsync(host, "Typed");

        (await AddedIndex.EntriesAsync(host)).Should().Be(1);
        await Oracle.DrainedAndExactAsync(host);
        (await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.gsi_quarantine")).Should().Be(0L);
    }

    [Fact]
    public async Task Index_that_is_being_filled_cannot_be_queried()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        await Tables.CreateAsync(host, "Early", Tables.Short);
        await host.Db.UpdateTableAsync(AddedIndex.Create("Early"));

        var query = () => host.QueryAsync("Early", AddedIndex.Name, "Colour", "red");
        var scan = () => host.Db.ScanAsync(new ScanRequest("Early") { IndexName = AddedIndex.Name });

        await query.Should().ThrowAsync<ValidationException>().WithMessage("Cannot read from backfilling*");
        await scan.Should().ThrowAsync<ValidationException>().WithMessage("Cannot read from backfilling*");
    }

    [Fact]
    public async Task Transaction_that_began_before_the_index_and_ends_after_its_walk_would_have_passed_is_waited_for()
    {
        var database = await fixture.CreateDatabaseAsync();
        var time = new NotedWaits();
        await using var host = await PropagationHost.StartAsync(database, time: time);
        await using var writer = await PropagationHost.StartWithoutWorkerAsync(database);
        await Tables.CreateAsync(host, "Waited", Tables.Short);
        await using var context = writer.CreateContext();
        await using var open = await context.Database.BeginTransactionAsync();
        await context.ExtendDb().PutItemAsync(new("Waited", AddedIndex.Item("late", "red")));

        await host.Db.UpdateTableAsync(AddedIndex.Create("Waited"));
        await AddedIndex.StepsAsync(time, 80);
        var early = await AddedIndex.StatusAsync(host, "Waited");
        await open.CommitAsync();
        await AddedIndex.ActiveAsync(host, "Waited");

        early.Should().Be(IndexStatus.CREATING, "the open transaction does not know the index");
        (await AddedIndex.EntriesAsync(host)).Should().Be(1);
        await Oracle.DrainedAndExactAsync(host);
    }

    [Fact]
    public async Task Transaction_that_is_prepared_while_it_is_waited_for_is_waited_for_on()
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions
        {
            Settings = new Dictionary<string, string> { ["max_prepared_transactions"] = "5" },
        });
        await ExtendDbMigrator.MigrateAsync(server.ConnectionString);
        var time = new NotedWaits();
        await using var host = await PropagationHost.StartAsync(server.ConnectionString, time: time);
        await using var writer = await PropagationHost.StartWithoutWorkerAsync(server.ConnectionString);
        await Tables.CreateAsync(host, "Prepared", Tables.Short);
        await using var context = writer.CreateContext();
        await context.Database.OpenConnectionAsync();
        await context.Database.ExecuteSqlRawAsync("BEGIN");
        await Sql.ScalarAsync(
            (NpgsqlConnection)context.Database.GetDbConnection(),
            """
            INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version, slot)
            SELECT id, encode(substring(sha256('late'), 1, 16), 'hex')::uuid, '',
                   '{"Id":{"S":"late"},"Colour":{"S":"red"}}', 15, 1,
                   get_byte(sha256('late'), 0) >> 2
            FROM extenddb.tables
            """);

        await host.Db.UpdateTableAsync(AddedIndex.Create("Prepared"));
        await AddedIndex.StepsAsync(time, 60);
        await context.Database.ExecuteSqlRawAsync("PREPARE TRANSACTION 'late'");
        await AddedIndex.StepsAsync(time, 40);
        var early = await AddedIndex.StatusAsync(host, "Prepared");
        await context.Database.ExecuteSqlRawAsync("COMMIT PREPARED 'late'");
        await AddedIndex.ActiveAsync(host, "Prepared");

        early.Should().Be(IndexStatus.CREATING, "the prepared transaction does not know the index");
        (await AddedIndex.EntriesAsync(host)).Should().Be(1);
        await Oracle.DrainedAndExactAsync(host);
    }

    [Fact]
    public async Task Writers_of_other_processes_miss_no_item_while_the_index_is_created()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var host = await PropagationHost.StartAsync(database);
        var table = await Tables.CreateAsync(host, "Busy", Tables.Short);
        await AddedIndex.FillAsync(host, table, Many);
        await using var one = await PropagationHost.StartWithoutWorkerAsync(database);
        await using var two = await PropagationHost.StartWithoutWorkerAsync(database);
        using var stop = new CancellationTokenSource();
        var seed = SeededRandom.Printed(output).Seed;
        var writers = new[] { one, two }.Select((process, i) => WriteUntilAsync(process, new Random(seed + i), stop.Token)).ToList();

        await host.Db.UpdateTableAsync(AddedIndex.Create("Busy"));
        await AddedIndex.ActiveAsync(host, "Busy");
        await stop.CancelAsync();
        var written = await Task.WhenAll(writers);

        written.Should().AllSatisfy(count => count.Should().BeGreaterThan(10));
        await Oracle.DrainedAndExactAsync(host);
    }

    [Fact]
    public async Task Process_that_reads_the_definitions_seldom_is_waited_for()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var host = await PropagationHost.StartAsync(database);
        await using var seldom = await PropagationHost.StartWithoutWorkerAsync(
            database, options => options.CatalogPollInterval = TimeSpan.FromSeconds(5));
        await Tables.CreateAsync(host, "Seldom", Tables.Short);
        await seldom.PutAsync("Seldom", AddedIndex.Item("before", "red"));

        await host.Db.UpdateTableAsync(AddedIndex.Create("Seldom"));
        var began = TimeProvider.System.GetTimestamp();
        while (await AddedIndex.StatusAsync(host, "Seldom") != IndexStatus.ACTIVE)
        {
            await seldom.PutAsync("Seldom", AddedIndex.Item($"{Guid.NewGuid()}", "red"));
        }

        TimeProvider.System.GetElapsedTime(began).Should().BeGreaterThan(TimeSpan.FromSeconds(5));
        await Oracle.DrainedAndExactAsync(host);
    }

    [Fact]
    public async Task Backfill_that_was_stopped_half_way_is_finished_by_another_process()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using (var first = await PropagationHost.StartAsync(database))
        {
            var table = await Tables.CreateAsync(first, "Resumed", Tables.Short);
            await AddedIndex.FillAsync(first, table, 60_000);
            await first.Db.UpdateTableAsync(AddedIndex.Create("Resumed"));
            await Waiting.UntilAsync(
                async () => await Oracle.ScalarAsync(
                    first, "SELECT backfill_phase FROM extenddb.secondary_indexes WHERE name = 'ByColour'") is "WALKING",
                "the walk has begun");
            await first.StopAsync();
        }

        await using var second = await PropagationHost.StartAsync(database);
        var left = await AddedIndex.StatusAsync(second, "Resumed");
        await AddedIndex.ActiveAsync(second, "Resumed");

        left.Should().Be(IndexStatus.CREATING);
        (await AddedIndex.EntriesAsync(second)).Should().Be(60_000);
        await Oracle.DrainedAndExactAsync(second);
    }

    [Fact]
    public async Task Several_processes_fill_one_index_together()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var one = await PropagationHost.StartAsync(database);
        await using var two = await PropagationHost.StartAsync(database);
        var table = await Tables.CreateAsync(one, "Together", Tables.Short);
        await AddedIndex.FillAsync(one, table, Many);

        await two.Db.UpdateTableAsync(AddedIndex.Create("Together"));
        await AddedIndex.ActiveAsync(one, "Together");

        (await AddedIndex.EntriesAsync(one)).Should().Be(Many);
        await Oracle.DrainedAndExactAsync(two);
    }

    [Fact]
    public async Task Index_is_not_active_while_a_marker_of_its_walk_waits()
    {
        await using var host = await PropagationHost.StartWithoutWorkerAsync(await fixture.CreateDatabaseAsync());
        var table = await Tables.CreateAsync(host, "Unapplied", Tables.Short);
        await AddedIndex.FillAsync(host, table, 10);
        await host.Db.UpdateTableAsync(AddedIndex.Create("Unapplied"));
        table = await host.Db.GetTableDefinitionAsync("Unapplied");
        var backfill = new IndexBackfill(host.Database, table.Id, table.Indexes.Single(i => i.Name == AddedIndex.Name).Id);

        await Waiting.UntilAsync(
            async () => await backfill.StepAsync(default) == BackfillStep.Walking, "all is enqueued");
        var before = await backfill.StepAsync(default);
        await host.ApplyAsync();
        await Waiting.UntilAsync(
            async () => await backfill.StepAsync(default) == BackfillStep.Active, "nothing waits any more");

        before.Should().Be(BackfillStep.Waiting);
        await Oracle.ExactAsync(host, "");
    }

    private static async Task<int> WriteUntilAsync(PropagationHost process, Random random, CancellationToken stop)
    {
        var written = 0;
        for (; !stop.IsCancellationRequested; written++)
        {
            // Items from before the index among them, and some that leave it again.
            var id = $"old-{random.Next(Many + 1_000)}";
            var colour = random.Next(3) switch { 0 => new AttributeValue.S("red"), 1 => new AttributeValue.S("blue"), _ => null };
            await (random.Next(5) == 0
                ? process.DeleteAsync("Busy", id)
                : process.PutAsync("Busy", AddedIndex.Item(id, colour)));
        }

        return written;
    }
}
