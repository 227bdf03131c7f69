using System.Text.Json;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

public class OperatorCommandTests(OperatorOrders database) : IClassFixture<OperatorOrders>
{
    private const string NoStack = "   at ";

    private Orders Orders => database.Orders;

    [Fact]
    public async Task Verification_that_is_stopped_goes_on_from_its_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"verify-{Guid.NewGuid():N}.json");
        string[] command = ["verify", "--table", Orders.Table, "--index", "by-state", "--json", "--resume", file];
        await using var stopped = ExtendDbProcess.Start(database.ConnectionString, [.. command, "--rate", "100"]);
        await Waiting.UntilAsync(() => File.Exists(file) || stopped.HasExited, "the first range is compared");
        stopped.Terminate();
        var stoppedWith = await stopped.ExitCodeAsync();
        var kept = File.Exists(file);

        var run = await ExtendDbProcess.RunAsync(database.ConnectionString, command);

        (stoppedWith, kept, stopped.Errors.Contains(NoStack, StringComparison.Ordinal)).Should().Be((130, true, false));
        run.ExitCode.Should().Be(0, run.Errors);
        var index = Json(run.Output).GetProperty("indexes").EnumerateArray().Should().ContainSingle().Subject;
        index.GetProperty("index").GetString().Should().Be("by-state");
        index.GetProperty("items").GetInt64().Should().BeGreaterThanOrEqualTo(
            OperatorOrders.InNoIndex, "what the first run compared counts too");
        File.Exists(file).Should().BeFalse();
    }

    [Fact]
    public async Task Repair_says_first_what_it_would_do_and_then_does_it()
    {
        await Orders.PutAsync(7, 1, total: 10);
        await Orders.PutAsync(7, 2, total: 11);
        await ApplyAsync();
        await using var unguarded = Orders.CreateUnguardedContext();
        await unguarded.IndexEntries.Where(e => e.SizeBytes > 0).ExecuteDeleteAsync();

        var dry = await ExtendDbProcess.RunAsync(database.ConnectionString, "repair", "--dry-run", "--json");
        var enqueuedByDry = await Orders.PendingAsync();
        var repair = ExtendDbProcess.RunAsync(database.ConnectionString, "repair", "--json");
        await Waiting.UntilAsync(
            async () =>
            {
                // It waits for the queue, which nobody else works on here.
                await ApplyAsync();
                return repair.IsCompleted;
            },
            "the repair ends");

        var real = await repair;
        await ApplyAsync();

        (dry.ExitCode, Json(dry.Output).GetProperty("repaired").GetInt32(), enqueuedByDry).Should().Be((3, 0, 0));
        Json(dry.Output).GetProperty("indexes").EnumerateArray().Sum(i => i.GetProperty("divergent").GetInt32()).Should().Be(6);
        (real.ExitCode, Json(real.Output).GetProperty("repaired").GetInt32()).Should().Be((0, 6));
        (await Orders.DivergentAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Verify_shows_the_entries_that_are_wrong()
    {
        await Orders.PutAsync(9, 1, total: 31);
        await Orders.PutAsync(9, 2, total: 32);
        await ApplyAsync();
        await database.SqlAsync("""
            UPDATE extenddb.index_entries AS e SET document = jsonb_set(document, '{State,S}', '"lost"')
            FROM extenddb.secondary_indexes AS x
            WHERE x.id = e.index_id AND x.name = 'by-number' AND document #>> '{Customer,S}' = 'customer-9'
            """);
        string[] verify = ["verify", "--table", Orders.Table, "--index", "by-number", "--details"];

        var text = await ExtendDbProcess.RunAsync(database.ConnectionString, [.. verify, "--limit", "1"]);
        var json = await ExtendDbProcess.RunAsync(database.ConnectionString, [.. verify, "--json"]);
        var repair = await ExtendDbProcess.RunAsync(database.ConnectionString, ["repair", .. verify[1..], "--json"]);
        await ApplyAsync();

        (text.ExitCode, json.ExitCode, repair.ExitCode).Should().Be((3, 3, 0), json.Errors);
        text.Output.Should().MatchRegex("""
            (?s)stale    Orders\.by-number  \{"Customer":\{"S":"customer-9"\},"Number":\{"N":"[12]"\}\}
              expected \{"State":\{"S":"(open|paid)"\}\}
              found    \{"State":\{"S":"lost"\}\}
            1 more are wrong; --limit shows more\.
            """);
        var divergent = Json(json.Output).GetProperty("divergent").EnumerateArray().ToList();
        divergent.Select(entry => (entry.GetProperty("kind").GetString(), entry.GetProperty("index").GetString(),
                entry.GetProperty("key").GetProperty("Number").GetProperty("N").GetString(),
                entry.GetProperty("expected").GetProperty("State").GetProperty("S").GetString(),
                entry.GetProperty("found").GetProperty("State").GetProperty("S").GetString()))
            .Should().BeEquivalentTo([("stale", "by-number", "1", "paid", "lost"), ("stale", "by-number", "2", "open", "lost")]);
        Json(repair.Output).GetProperty("divergent").GetArrayLength().Should().Be(2);
        (await Orders.DivergentAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Quarantine_is_listed_retried_and_discarded()
    {
        await Orders.PutAsync(8, 1, total: 20);
        await ApplyAsync();
        await database.SqlAsync("""
            INSERT INTO extenddb.gsi_quarantine
            SELECT x.id, i.partition_hash, i.sort_key, i.table_id, '23514', 'no such entry', 3, now(), now(), now() + interval '1 hour',
                   i.slot
            FROM extenddb.items AS i JOIN extenddb.secondary_indexes AS x ON x.table_id = i.table_id AND x.name <> 'by-number'
            WHERE i.document #>> '{Customer,S}' = 'customer-8'
            """);
        string[] byTotal = ["--table", Orders.Table, "--index", "by-total", "--json"];

        var list = await ExtendDbProcess.RunAsync(database.ConnectionString, ["quarantine", "list", .. byTotal]);
        var retry = await ExtendDbProcess.RunAsync(database.ConnectionString, ["quarantine", "retry", .. byTotal]);
        await ApplyAsync();
        var discard = await ExtendDbProcess.RunAsync(database.ConnectionString, "quarantine", "discard", "--all", "--json");

        var entry = Json(list.Output).GetProperty("entries").EnumerateArray().Should().ContainSingle().Subject;
        (entry.GetProperty("index").GetString(), entry.GetProperty("key").GetString(), entry.GetProperty("sql_state").GetString(),
            entry.GetProperty("message").GetString(), entry.GetProperty("attempts").GetInt32())
            .Should().Be(("by-total", "Customer=customer-8, Number=1", "23514", "no such entry", 3));
        Json(retry.Output).GetProperty("entries").GetInt32().Should().Be(1);
        Json(discard.Output).GetProperty("entries").GetInt32().Should().Be(1, "what was retried is healed");
        (list.ExitCode, retry.ExitCode, discard.ExitCode).Should().Be((0, 0, 0));
        (await Orders.Context.GsiQuarantine.CountAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Lag_is_watched_as_a_line_of_JSON_each_time_until_it_is_stopped()
    {
        await using var watch = ExtendDbProcess.Start(database.ConnectionString, "lag", "--watch", "--json");
        await Waiting.UntilAsync(
            () => watch.Output.Contains('\n', StringComparison.Ordinal) || watch.HasExited, "a line is written");

        watch.Terminate();
        var exitCode = await watch.ExitCodeAsync();

        exitCode.Should().NotBe(2);
        watch.Errors.Should().NotContain(NoStack);
        var lines = watch.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines.Should().NotBeEmpty();
        lines.Select(line => Json(line).GetProperty("indexes").EnumerateArray().Select(i => i.GetProperty("index").GetString()))
            .Should().AllSatisfy(indexes => indexes.Should().BeEquivalentTo("by-state", "by-total", "by-number"));
    }

    [Fact]
    public async Task Status_tells_how_far_a_new_index_is_filled()
    {
        var connectionString = await database.CreateDatabaseAsync();
        await using var orders = await Orders.CreateAsync(connectionString);
        await orders.ExtendDb.UpdateTableAsync(new(Orders.Table)
        {
            AttributeDefinitions = [new("Colour", AttributeType.S)],
            GlobalSecondaryIndexUpdates = [new() { Create = new("by-colour", [new("Colour", KeyType.HASH)], Projection.All) }],
        });
        await orders.Context.Database.ExecuteSqlRawAsync("""
            UPDATE extenddb.secondary_indexes
            SET backfill_phase = 'WALKING', backfilled_at = now(),
                backfill_hash = '80000000-0000-0000-0000-000000000000', backfill_sort = ''
            WHERE status = 'CREATING'
            """);

        var run = await ExtendDbProcess.RunAsync(connectionString, "status", "--json");

        var indexes = Json(run.Output).GetProperty("tables")[0].GetProperty("indexes").EnumerateArray()
            .ToDictionary(i => i.GetProperty("name").GetString()!, i => i.GetProperty("backfill"));
        indexes["by-colour"].GetDouble().Should().BeApproximately(0.5, 0.001);
        indexes["by-state"].ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Theory]
    [InlineData(2, "--table", "verify", "--index", "by-state")]
    [InlineData(2, "--limit", "quarantine", "list", "--limit", "0")]
    [InlineData(2, "--limit needs --details", "verify", "--limit", "5")]
    [InlineData(2, "--limit goes from 1 to 1,000", "repair", "--details", "--limit", "1001")]
    [InlineData(2, "discard needs --table, or --all", "quarantine", "discard")]
    [InlineData(2, "--interval", "lag", "--watch", "--interval", "often")]
    [InlineData(2, "--rate", "verify", "--rate", "1.5")]
    [InlineData(1, "not found", "repair", "--table", "NoSuchTable")]
    [InlineData(1, "no-such-index", "verify", "--table", "Orders", "--index", "no-such-index", "--json")]
    public async Task Wrong_selection_is_refused_in_a_sentence(int exitCode, string word, params string[] arguments)
    {
        var run = await ExtendDbProcess.RunAsync(database.ConnectionString, arguments);

        run.ExitCode.Should().Be(exitCode, run.Errors);
        run.Errors.Should().Contain(word).And.NotContain(NoStack);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    /// <summary>Applies in this process what is due, until nothing waits.</summary>
    private async Task ApplyAsync()
    {
        var pace = new BatchSizer(4_000);
        var local = ExtendDbRuntime.Of(Orders.Context);
        await Waiting.UntilAsync(
            async () =>
            {
                await local.Batches.ApplyDueAsync(pace, default);
                return await Orders.PendingAsync() == 0;
            },
            "the queue is drained");
    }
}
