using System.Diagnostics;
using System.Text.RegularExpressions;
using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.CrashTests;

public sealed partial class OutageLogTests(ITestOutputHelper output)
{
    private const int MostLines = 19;

    // A minute with EXTENDDB_CRASH_ROUNDS=5.
    private static readonly TimeSpan Outage = CrashRounds.Times(TimeSpan.FromSeconds(12));

    [Fact]
    public async Task PostgreSQL_that_is_stopped_for_a_while_fills_no_log()
    {
        await using var server = await LocalPostgres.StartAsync(new() { Fsync = true });
        await Migrations.ExtendDbMigrator.MigrateAsync(server.ConnectionString);
        await using (await Orders.CreateAsync(server.ConnectionString))
        {
        }

        await using var worker = Start(server.ConnectionString, "worker", "extenddb worker runs");
        await using var serve = Start(server.ConnectionString, "serve", "Try: ");
        await worker.ReadyAsync();
        await serve.ReadyAsync();
        using var http = new HttpClient { BaseAddress = new(Listens().Match(serve.Output).Groups[1].Value) };
        (await StatusAsync(http)).Should().Be(200);
        var before = (Worker: Lines(worker), Serve: Lines(serve));

        await server.StopImmediatelyAsync();
        var since = Stopwatch.StartNew();
        while (since.Elapsed < Outage)
        {
            // As fast as it can, as a client does that retries.
            (await StatusAsync(http)).Should().NotBe(200);
            await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        }

        await server.StartAgainAsync();
        await Waiting.UntilAsync(async () => await StatusAsync(http) == 200, "the server answers again");
        await using var orders = Orders.Open(Sessions.Unpooled(server.ConnectionString));
        await orders.PutAsync(1, 1, total: 1);
        await orders.DrainedAsync();
        await Waiting.UntilAsync(
            () => worker.Errors.Contains("goes on after", StringComparison.Ordinal)
                && serve.Errors.Contains("goes on after", StringComparison.Ordinal),
            "both say that they go on");
        var after = (Worker: Lines(worker) - before.Worker, Serve: Lines(serve) - before.Serve);

        output.WriteLine($"{Outage}: {after}\n{worker.Errors}\n{serve.Errors}");
        after.Worker.Should().BeInRange(1, MostLines);
        after.Serve.Should().BeInRange(1, MostLines);
        serve.Errors.Should().Contain("requests have found the database unavailable");
    }

    private static ChildProgram Start(string connectionString, string command, string ready) => ChildProgram.Start(
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), command, "--urls", "http://127.0.0.1:0"])
        {
            Environment = { ["EXTENDDB_CONNECTION"] = connectionString },
        },
        ready);

    private static int Lines(ChildProgram program) => program.Errors.Split('\n').Length;

    private static async Task<int> StatusAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent($$"""{"TableName":"{{Orders.Table}}","Key":{"Customer":{"S":"a"},"Number":{"N":"1"} } }"""),
            Headers =
            {
                { "X-Amz-Target", "DynamoDB_20120810.GetItem" },
            },
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=x");
        request.Content.Headers.ContentType = new("application/x-amz-json-1.0");
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    [GeneratedRegex("extenddb listens on (\\S+),")]
    private static partial Regex Listens();
}
