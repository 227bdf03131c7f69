using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ExtendDb.Ef.InstalledProgramTests;

/// <summary>The real PgBouncer in front of a server, whose connections it gives out by the transaction.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly int _port;
    private readonly string _target;

    private PgBouncer(DirectoryInfo folder, Process process, int port, string target)
    {
        _folder = folder;
        _process = process;
        _port = port;
        _target = target;
    }

    /// <summary>Gets the connection string through it for clients that prepare no statements.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Preparing)
    {
        MaxAutoPrepare = 0,
        NoResetOnClose = true,
    }.ConnectionString;

    /// <summary>Gets the same for clients that say nothing about prepared statements.</summary>
    public string Preparing =>
        new NpgsqlConnectionStringBuilder(_target) { Host = "127.0.0.1", Port = _port }.ConnectionString;

    public static async Task<PgBouncer> StartAsync(string connectionString, int serverConnections)
    {
        var program = Programs.PgBouncer.Location;
        var folder = Directory.CreateTempSubdirectory("extenddb-pgbouncer-");
        var port = FreePort.Find();
        var ini = Path.Combine(folder.FullName, "pgbouncer.ini");
        await File.WriteAllTextAsync(ini, Settings(new(connectionString), port, serverConnections));
        var process = Process.Start(AsUser(program, folder, ini))!;
        var started = new PgBouncer(folder, process, port, connectionString);
        try
        {
            await Waiting.UntilAsync(() => AnswersAsync(started), "PgBouncer answers");
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (var pool = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(pool);
        }

        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // Npgsql asks for this setting in its first message, and PgBouncer refuses what it does not keep track of.
    private static string Settings(NpgsqlConnectionStringBuilder server, int port, int serverConnections) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        [databases]
        * = host={server.Host} port={server.Port} user={server.Username} password={server.Password}
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = {port}
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        default_pool_size = {serverConnections}
        max_client_conn = 200
        ignore_startup_parameters = extra_float_digits

        """);

    // It refuses to run as root. The shell ends it when this process is gone, however that ended.
    private static ProcessStartInfo AsUser(string program, DirectoryInfo folder, string ini)
    {
        string[] run = ["sh", "-c", "\"$0\" --quiet \"$1\" & read -r ended; kill -KILL $!; wait", program, ini];
        if (Environment.IsPrivilegedProcess)
        {
            using var give = Process.Start("chown", ["-R", "postgres:", folder.FullName]);
            give.WaitForExit();
            run = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", .. run];
        }

        return new(run[0], run[1..]) { WorkingDirectory = folder.FullName, RedirectStandardInput = true };
    }

    private static async Task<bool> AnswersAsync(PgBouncer started)
    {
        try
        {
            await using var connection = await Sql.OpenAsync(started.ConnectionString);
            return true;
        }
        catch (NpgsqlException) when (!started._process.HasExited)
        {
            return false;
        }
    }
}
