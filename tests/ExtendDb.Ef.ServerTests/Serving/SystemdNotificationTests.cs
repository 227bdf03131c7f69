using System.Net;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public sealed class SystemdNotificationTests(ExtendDbFixture database) : IClassFixture<ExtendDbFixture>
{
    private const string Ready = "READY=1";
    private const string Stopping = "STOPPING=1";

    [Fact]
    public async Task Server_says_that_it_is_ready_once_it_answers_and_that_it_stops()
    {
        using var socket = new NotifySocket();
        var url = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        await using var process = ServeProcess.Start(
            database.ConnectionString, ["--urls", $"{url}"], folder: null, (NotifySocket.Variable, socket.Path));
        using var http = new HttpClient();

        var first = await socket.ReceiveAsync();
        var live = await http.GetAsync(new Uri(url, "/health/live"));
        process.Terminate();
        var second = await socket.ReceiveAsync();

        (first, live.StatusCode, second).Should().Be((Ready, HttpStatusCode.OK, Stopping));
        (await process.ExitCodeAsync()).Should().Be(0, process.Errors);
    }

    [Fact]
    public async Task Worker_says_that_it_is_ready_and_that_it_stops()
    {
        using var socket = new NotifySocket();
        await using var process = ChildProgram.Start(
            new("dotnet", [Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), "worker"])
            {
                Environment = { ["EXTENDDB_CONNECTION"] = database.ConnectionString, [NotifySocket.Variable] = socket.Path },
            },
            readyLine: "extenddb worker runs");

        var first = await socket.ReceiveAsync();
        await process.ReadyAsync();
        process.Terminate();
        var second = await socket.ReceiveAsync();

        (first, second).Should().Be((Ready, Stopping));
        (await process.ExitCodeAsync()).Should().Be(0, process.Errors);
    }
}
