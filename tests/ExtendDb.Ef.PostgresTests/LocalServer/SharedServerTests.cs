using System.Diagnostics;
using ExtendDb.Ef.Local;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public sealed class SharedServerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Two_users_of_one_folder_share_one_server()
    {
        await using var first = await _folder.StartAsync();

        await using var second = await _folder.StartAsync();

        second.ConnectionString.Should().Be(first.ConnectionString);
    }

    [Fact]
    public async Task Four_users_started_together_share_one_server()
    {
        var starts = Enumerable.Range(0, 4).Select(_ => Task.Run(() => _folder.StartAsync()));

        var servers = await Task.WhenAll(starts);

        servers.Select(server => server.Port).Distinct().Should().ContainSingle();
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Start_that_ends_while_it_makes_the_folder_leaves_none_that_the_server_cannot_use()
    {
        var user = await ServerUser.FindAsync(default);
        var ending = () => ServerFolder.OpenPersistentAsync(_folder.Path, 15, user, new CancellationToken(canceled: true));
        await Record.ExceptionAsync(ending);

        var next = () => ServerFolder.OpenPersistentAsync(_folder.Path, 15, user, default);

        await next.Should().NotThrowAsync();
    }

    [Fact]
    public async Task First_user_to_leave_does_not_stop_the_server_of_the_second()
    {
        var first = await _folder.StartAsync();
        await using var second = await _folder.StartAsync();

        await first.DisposeAsync();

        (await Sql.ScalarAsync(second.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task User_who_comes_while_the_last_one_leaves_gets_a_server_that_stays()
    {
        var last = await _folder.StartAsync();
        await TestFolder.KillSupervisorsAsync(last);
        await last.DisposeAsync();
        using var leaving = await StartLeavingAsync(last.Folder);

        await using var next = await _folder.StartAsync();
        await leaving.WaitForExitAsync();

        (await Sql.ScalarAsync(next.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task Last_user_to_leave_stops_the_server()
    {
        var first = await _folder.StartAsync();
        var second = await _folder.StartAsync();
        var process = TestFolder.ProcessOf(first);

        await first.DisposeAsync();
        await second.DisposeAsync();

        TestFolder.Runs(process, TestFolder.DataOf(first)).Should().BeFalse();
    }

    [Fact]
    public async Task Users_that_come_and_go_together_always_find_a_server_that_answers()
    {
        var users = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var turn = 0; turn < 3; turn++)
            {
                await using var server = await _folder.StartAsync();
                await Sql.ScalarAsync(server.ConnectionString, "SELECT 1");
            }
        }));

        var failure = await Record.ExceptionAsync(() => Task.WhenAll(users));

        failure.Should().BeNull();
    }

    [Fact]
    public async Task Data_is_there_at_the_next_start()
    {
        await using (var first = await _folder.StartAsync())
        {
            await Sql.ScalarAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        await using var second = await _folder.StartAsync();

        (await Sql.ScalarAsync(second.ConnectionString, "SELECT answer FROM kept")).Should().Be(42);
    }

    [Fact]
    public async Task Folder_may_have_a_name_that_a_shell_would_read_otherwise()
    {
        using var folder = new TestFolder(" it's $HOME \"`id`\"");

        await using var server = await folder.StartAsync();

        (await Sql.ScalarAsync(server.ConnectionString, "SELECT 1")).Should().Be(1);
    }

    [Fact]
    public async Task Immediate_stop_is_refused_while_another_uses_the_server()
    {
        await using var first = await _folder.StartAsync();
        await using var second = await _folder.StartAsync();

        var stop = () => first.StopImmediatelyAsync();

        await stop.Should().ThrowAsync<LocalPostgresException>().WithMessage("*Other processes use it*");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Starts a supervisor that leaves and has seen no other user, but has not yet stopped the server.</summary>
    private static async Task<Process> StartLeavingAsync(string folder)
    {
        // It stops the server only when the next user has registered, and is slow, which is the worst of all moments:
        // whoever does not wait for it finds a server that answers and then goes away. Who waits passes at any speed.
        const string script =
            """
            rm -f "$0"/clients/*; : >"$0/leaving/$$"; echo left
            until ls "$0"/clients/* >/dev/null 2>&1; do sleep 0.01; done; sleep 1
            "$1" stop -w -s -m fast -D "$0/data"; rm -f "$0/leaving/$$"
            """;
        var user = await ServerUser.FindAsync(default);
        var start = user.StartInfo("/bin/sh", "-c", script, folder, PostgresBinaries.Find(givenFolder: null).PgCtl);
        start.RedirectStandardOutput = true;
        var leaving = Process.Start(start)!;
        await leaving.StandardOutput.ReadLineAsync();
        return leaving;
    }
}
