using ExtendDb.Ef.Testing;
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
    public async Task First_user_to_leave_does_not_stop_the_server_of_the_second()
    {
        var first = await _folder.StartAsync();
        await using var second = await _folder.StartAsync();

        await first.DisposeAsync();

        (await Sql.QueryAsync(second.ConnectionString, "SELECT 1")).Should().Be(1);
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
                await Sql.QueryAsync(server.ConnectionString, "SELECT 1");
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
            await Sql.QueryAsync(first.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        await using var second = await _folder.StartAsync();

        (await Sql.QueryAsync(second.ConnectionString, "SELECT answer FROM kept")).Should().Be(42);
    }

    [Fact]
    public async Task Folder_may_have_a_name_that_a_shell_would_read_otherwise()
    {
        using var folder = new TestFolder(" it's $HOME \"`id`\"");

        await using var server = await folder.StartAsync();

        (await Sql.QueryAsync(server.ConnectionString, "SELECT 1")).Should().Be(1);
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
}
