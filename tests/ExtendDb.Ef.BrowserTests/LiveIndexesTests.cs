using System.Globalization;
using System.Text.Json;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Microsoft.Playwright;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.BrowserTests;

public sealed class LiveIndexesTests(ServedConsole console, Browser browser) : IClassFixture<ServedConsole>, IClassFixture<Browser>
{
    private const int Items = 200;

    [Fact]
    public async Task Lag_rises_while_no_worker_runs_as_the_command_line_tells_it_and_falls_when_one_is_back()
    {
        var table = await CreateAsync();
        await PutAsync(table, Items);
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/indexes");
        var card = open.Named($"index-{table}.by-c");
        await card.WaitForAsync();

        var first = await LagAsync(card);
        await Waiting.UntilAsync(async () => await LagAsync(card) > first + 2, "the lag rises");
        (await card.Locator("[data-test='pending']").InnerTextAsync()).Should().Be($"{Items}");
        await ExpectAsTheCommandLineTellsAsync(table, card);
        await using (await console.StartWorkerAsync())
        {
            await Waiting.UntilAsync(
                async () => await LagAsync(card) == 0 && await card.Locator("[data-test='pending']").InnerTextAsync() == "0",
                "the lag is gone");
        }

        (await card.Locator("svg").CountAsync()).Should().BeGreaterThan(0, "the chart shows what was");
        await Waiting.UntilAsync(async () => await card.Locator("svg path").CountAsync() > 0, "the chart is drawn");
        await Pictures.TakeAsync(open.Page, "lag");
        open.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Damaged_index_is_found_by_key_and_repaired()
    {
        await using var worker = await console.StartWorkerAsync();
        var table = await CreateAsync();
        await PutAsync(table, 3);
        await console.UntilNothingWaitsAsync();
        await DamageAsync(table);
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/verify");

        await open.Named("verify-table").FillAsync(table);
        await open.Named("verify").ClickAsync();
        var run = open.Named("run").Filter(new() { HasText = $"Verification of {table}" });
        await Assertions.Expect(run.Locator("[data-test='state']")).ToHaveTextAsync("finished");
        await Assertions.Expect(run.Locator("[data-test='wrong']")).ToHaveTextAsync("1");
        await run.GetByText("The wrong entries").ClickAsync();
        (await run.Locator("[data-test='wrong-key']").InnerTextAsync()).Should().Be("p = item 1");

        await open.Named("repair").ClickAsync();
        var repair = open.Named("run").Filter(new() { HasText = $"Repair of {table}" });
        await Assertions.Expect(repair.Locator("[data-test='repaired']")).ToHaveTextAsync("1");
        await console.UntilNothingWaitsAsync();
        await open.Named("verify").ClickAsync();
        await Assertions.Expect(run).ToHaveCountAsync(2);
        await Assertions.Expect(run.First.Locator("[data-test='state']")).ToHaveTextAsync("finished");
        await Assertions.Expect(run.First.Locator("[data-test='wrong']")).ToHaveTextAsync("0");
    }

    [Fact]
    public async Task Entry_in_quarantine_is_shown_with_its_error_and_retried()
    {
        var table = await CreateAsync();
        await RunAsync(
            """
            CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'refused by a trigger' USING ERRCODE = '23514'; END $$;
            CREATE TRIGGER refusing BEFORE INSERT ON extenddb.index_entries FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        await PutAsync(table, 1);
        await using var worker = await console.StartWorkerAsync();
        await using var open = await browser.OpenAsync();
        await open.Page.GotoAsync($"{console.Url}/quarantine");

        await Waiting.UntilAsync(
            async () =>
            {
                await open.Button("Read again").ClickAsync();
                return await open.Page.GetByText("23514: refused by a trigger").CountAsync() == 1;
            },
            "the entry is in quarantine");
        await RunAsync("DROP TRIGGER refusing ON extenddb.index_entries");
        await open.Named("retry").ClickAsync();

        await Waiting.UntilAsync(
            async () =>
            {
                await open.Button("Read again").ClickAsync();
                return await open.Named("no-quarantine").CountAsync() == 1;
            },
            "nothing is in quarantine");
    }

    // Both numbers grow by a second in each second, and are read once a second: of readings at one time one pair is a second apart at most.
    private async Task ExpectAsTheCommandLineTellsAsync(string table, ILocator card)
    {
        await using var command = console.Start("""{"at":""", "lag", "--watch", "--json");
        await command.ReadyAsync();
        var looked = 0;
        await Waiting.UntilAsync(
            async () =>
            {
                var lines = command.Output.Trim().Split('\n');
                if (lines.Length == looked)
                {
                    return false;
                }

                looked = lines.Length;
                using var told = JsonDocument.Parse(lines[^1]);
                var index = told.RootElement.GetProperty("indexes").EnumerateArray()
                    .Single(each => each.GetProperty("table").GetString() == table);
                index.GetProperty("pending").GetInt64().Should().Be(Items);
                return Math.Abs(await LagAsync(card) - index.GetProperty("lag_seconds").GetDouble()) <= 1;
            },
            "page and command line tell the same lag");
    }

    private static async Task<double> LagAsync(ILocator card) =>
        double.Parse(await card.Locator("[data-test='lag']").InnerTextAsync(), CultureInfo.InvariantCulture);

    private async Task<string> CreateAsync()
    {
        var name = $"T{Guid.NewGuid():N}";
        await console.Tables.CreateTableAsync(new(
            name, [new("p", KeyType.HASH)], [new("p", AttributeType.S), new("c", AttributeType.S)])
        {
            GlobalSecondaryIndexes = [new("by-c", [new("c", KeyType.HASH)], Projection.All)],
        });
        return name;
    }

    private async Task PutAsync(string table, int items)
    {
        for (var i = 0; i < items; i++)
        {
            await console.Tables.PutItemAsync(new(table, new AttributeMap { ["p"] = $"item {i}", ["c"] = "red" }));
        }
    }

    private Task DamageAsync(string table) => RunAsync(
        $"""
        DELETE FROM extenddb.index_entries
        WHERE document #>> '{"{p,S}"}' = 'item 1' AND index_id IN (
            SELECT i.id FROM extenddb.secondary_indexes AS i JOIN extenddb.tables AS t ON t.id = i.table_id WHERE t.name = '{table}')
        """);

    private async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(console.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
