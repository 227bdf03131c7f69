using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using ExtendDb.Ef.Local;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.LocalServer;

public class TemporaryServerTests
{
    [Fact]
    public async Task Server_answers_its_superuser()
    {
        await using var server = await LocalPostgres.StartAsync();

        var user = await Sql.ScalarAsync(server.ConnectionString, "SELECT current_user::text");

        user.Should().Be("extenddb");
    }

    [Fact]
    public async Task Server_refuses_a_wrong_password()
    {
        await using var server = await LocalPostgres.StartAsync();
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "wrong" }.ConnectionString;

        var login = () => Sql.ScalarAsync(wrong, "SELECT 1");

        await login.Should().ThrowAsync<PostgresException>()
            .Where(refused => refused.SqlState == PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task Server_listens_on_the_loopback_address_only()
    {
        await using var server = await LocalPostgres.StartAsync();

        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

        listeners.Where(listener => listener.Port == server.Port).Select(listener => listener.Address)
            .Should().Equal(IPAddress.Loopback);
    }

    [Fact]
    public async Task Settings_of_the_caller_win_over_the_defaults()
    {
        var options = new LocalPostgresOptions
        {
            Settings = new Dictionary<string, string> { ["max_connections"] = "33", ["cluster_name"] = "it's $HOME" },
        };

        await using var server = await LocalPostgres.StartAsync(options);

        const string both = "SELECT current_setting('max_connections') || ' ' || current_setting('cluster_name')";
        (await Sql.ScalarAsync(server.ConnectionString, both)).Should().Be("33 it's $HOME");
    }

    [Fact]
    public async Task Settings_of_the_caller_do_not_open_the_server_to_others()
    {
        var options = new LocalPostgresOptions
        {
            Settings = new Dictionary<string, string> { ["listen_addresses"] = "*" },
        };

        await using var server = await LocalPostgres.StartAsync(options);

        (await Sql.ScalarAsync(server.ConnectionString, "SHOW listen_addresses")).Should().Be("127.0.0.1");
    }

    [Fact]
    public async Task Refused_setting_is_shown_as_the_server_logged_it()
    {
        var options = new LocalPostgresOptions
        {
            Settings = new Dictionary<string, string> { ["shared_buffers"] = "nonsense" },
        };

        var start = () => LocalPostgres.StartAsync(options);

        await start.Should().ThrowAsync<LocalPostgresException>().WithMessage("*invalid value for parameter*nonsense*");
    }

    [Fact]
    public async Task Disposed_server_leaves_no_folder()
    {
        var server = await LocalPostgres.StartAsync();

        await server.DisposeAsync();

        Directory.Exists(server.Folder).Should().BeFalse();
    }

    [Fact]
    public async Task Disposed_server_leaves_no_process()
    {
        var server = await LocalPostgres.StartAsync();
        var process = TestFolder.ProcessOf(server);

        await server.DisposeAsync();

        process.Look(server.Folder).Should().NotBe(ProcessState.Ours);
        (await Record.ExceptionAsync(() => Sql.ScalarAsync(server.ConnectionString, "SELECT 1"))).Should().NotBeNull();
    }

    [Fact]
    public async Task Committed_row_survives_an_immediate_stop()
    {
        await using var server = await LocalPostgres.StartAsync(new LocalPostgresOptions { Fsync = true });
        await Sql.ScalarAsync(server.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS answer");

        await server.StopImmediatelyAsync();
        await server.StartAgainAsync();

        (await Sql.ScalarAsync(server.ConnectionString, "SELECT answer FROM kept")).Should().Be(42);
    }

    [Fact]
    public async Task Folder_of_an_owner_that_is_gone_is_removed_at_the_next_start()
    {
        using var gone = Process.Start("/bin/sh", "-c true")!;
        await gone.WaitForExitAsync();
        var abandoned = Directory.CreateDirectory(
            Path.Combine(Path.GetTempPath(), $"extenddb-pg-{gone.Id}-{Guid.NewGuid():N}"));
        await (await ServerUser.FindAsync(default)).TakeOverAsync(abandoned.FullName, default);

        await using var server = await LocalPostgres.StartAsync();

        Directory.Exists(abandoned.FullName).Should().BeFalse();
    }

    [Fact]
    public async Task Folder_of_a_live_owner_is_left_alone_at_the_next_start()
    {
        await using var first = await LocalPostgres.StartAsync();

        await using var second = await LocalPostgres.StartAsync();

        (await Sql.ScalarAsync(first.ConnectionString, "SELECT 1")).Should().Be(1);
    }
}
