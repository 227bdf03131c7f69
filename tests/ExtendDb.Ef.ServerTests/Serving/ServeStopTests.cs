using System.Diagnostics;
using System.Net;
using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class ServeStopTests(WireServer server) : IClassFixture<WireServer>
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Running_request_is_answered_before_the_server_ends()
    {
        var database = await server.CreateDatabaseAsync();
        await using var process = ServeProcess.Start(database, ["--urls", "http://127.0.0.1:0"]);
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };
        var table = await CreateTableAsync(http);
        var put = $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"} } }""";
        var change = $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"},"n":{"N":"1"} } }""";
        await http.CallAsync("PutItem", put);
        var held = await HeldItem.TakeAsync(database);

        var running = http.CallAsync("PutItem", change);
        await held.UntilWantedAsync();
        process.Terminate();
        var watch = Stopwatch.StartNew();
        await UntilRefusedAsync(http.BaseAddress!);
        await held.DisposeAsync();

        (await running).ToString().Should().Be("200 {}");
        (await process.ExitCodeAsync()).Should().Be(0, process.Errors);
        watch.Elapsed.Should().BeLessThan(StopWithin);
    }

    [Fact]
    public async Task Request_that_does_not_end_does_not_keep_the_server()
    {
        var database = await server.CreateDatabaseAsync();
        await using var process = ServeProcess.Start(
            database, ["--urls", "http://127.0.0.1:0"], folder: null, ("ExtendDb__LockTimeout", $"{LockTimeout}"));
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };
        var table = await CreateTableAsync(http);
        var put = $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"} } }""";
        var change = $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"},"n":{"N":"1"} } }""";
        await http.CallAsync("PutItem", put);
        await using var held = await HeldItem.TakeAsync(database);
        var stuck = http.CallAsync("PutItem", change);
        await held.UntilWantedAsync();

        process.Terminate();
        var watch = Stopwatch.StartNew();
        await process.ExitCodeAsync();

        // The request would go on until its lock timeout; the server ends long before, however busy the machine is.
        watch.Elapsed.Should().BeLessThan(LockTimeout / 2);
        await stuck.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Idle_connections_do_not_hold_up_the_end()
    {
        await using var process = ServeProcess.Start(server.ConnectionString, ["--urls", "http://127.0.0.1:0"]);
        await using var idle = await RawConnection.OpenAsync(await process.ListeningAsync());
        await idle.SendAsync(RawConnection.RequestOf("ListTables", "{}"));
        await idle.ReadAnswerAsync();

        process.Terminate();
        var watch = Stopwatch.StartNew();

        (await process.ExitCodeAsync()).Should().Be(0, process.Errors);
        watch.Elapsed.Should().BeLessThan(StopWithin);
        process.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_worker_the_changes_of_indexes_wait_for_another()
    {
        var database = await server.CreateDatabaseAsync();
        await using var process = ServeProcess.Start(database, ["--urls", "http://127.0.0.1:0", "--no-worker"]);
        using var http = new HttpClient { BaseAddress = await process.ListeningAsync() };
        var table = await CreateTableAsync(http);
        await http.CallAsync("PutItem", $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"a"},"g":{"S":"x"} } }""");

        var ready = await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative));
        process.Terminate();

        (await process.ExitCodeAsync()).Should().Be(0);
        ready.Should().Contain("not in this process");
        (await Sql.ScalarAsync(database, "SELECT count(*) FROM extenddb.gsi_pending")).Should().Be(1L);
    }

    [Theory]
    [InlineData(false, "not there yet")]
    [InlineData(true, "older")]
    public async Task Database_of_an_older_schema_is_not_served(bool migrated, string words)
    {
        var database = await server.CreateDatabaseAsync(migrated);
        if (migrated)
        {
            await Sql.ExecuteAsync(database, """
                DELETE FROM extenddb.migrations_history
                WHERE "MigrationId" = (SELECT max("MigrationId") FROM extenddb.migrations_history)
                """);
        }

        await using var process = ServeProcess.Start(database, ["--urls", "http://127.0.0.1:0"]);

        (await process.ExitCodeAsync()).Should().Be(1);
        process.Output.Should().BeEmpty();
        process.Complaints.Should().StartWith("extenddb: ").And.Contain("migrate").And.Contain(words).And.NotContain("\n");
    }

    private static async Task<string> CreateTableAsync(HttpClient http)
    {
        var created = await http.CallAsync("CreateTable", """
            {"TableName":"Stopped","KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
            "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"},{"AttributeName":"g","AttributeType":"S"}],
            "GlobalSecondaryIndexes":[{"IndexName":"by-g","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],
            "Projection":{"ProjectionType":"ALL"}}],"BillingMode":"PAY_PER_REQUEST"}
            """);
        created.Status.Should().Be(HttpStatusCode.OK, created.ToString());
        return "Stopped";
    }

    // So the request is still running while the server is already stopping.
    private static Task UntilRefusedAsync(Uri server) => Waiting.UntilAsync(
        async () =>
        {
            try
            {
                await using var connection = await RawConnection.OpenAsync(server);
                return false;
            }
            catch (System.Net.Sockets.SocketException)
            {
                return true;
            }
        },
        "the server accepts no more connections");
}
