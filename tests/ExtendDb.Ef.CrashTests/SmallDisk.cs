using ExtendDb.Ef.Local;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A database whose tables are on a disk that can be filled up; the log of the server is on another one.</summary>
/// <remarks>
/// Where nothing can be mounted, triggers raise the error of a full disk at every write of a row.
/// </remarks>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const string Size = "64m";
    private const string Database = "on_small_disk";
    private static readonly string[] Tables = ["items", "gsi_pending", "index_entries"];
    private readonly LocalPostgres _server;
    private readonly DirectoryInfo _folder;

    private SmallDisk(LocalPostgres server, DirectoryInfo folder, bool isReal)
    {
        _server = server;
        _folder = folder;
        IsReal = isReal;
    }

    /// <summary>Gets whether it is a file system of its own.</summary>
    public bool IsReal { get; }

    public string ConnectionString => _server.ConnectionStringFor(Database);

    private string Filler => Path.Combine(_folder.FullName, "filler");

    public static async Task<SmallDisk> MountAsync()
    {
        var folder = Directory.CreateTempSubdirectory("extenddb-small-disk-");
        var mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", folder.FullName);
        var disk = new SmallDisk(await LocalPostgres.StartAsync(), folder, mounted);
        try
        {
            await disk.CreateDatabaseAsync();
            return disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    public async Task FillAsync()
    {
        if (!IsReal)
        {
            await OnAllTablesAsync(table =>
                $"CREATE TRIGGER disk_full BEFORE INSERT OR UPDATE ON extenddb.{table} EXECUTE FUNCTION public.disk_full()");
            return;
        }

        await using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                await filler.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public async Task EmptyAsync()
    {
        if (IsReal)
        {
            File.Delete(Filler);
            return;
        }

        await OnAllTablesAsync(table => $"DROP TRIGGER disk_full ON extenddb.{table}");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (IsReal)
        {
            await RunAsync("umount", _folder.FullName);
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments) =>
        (await Command.RunAsync(Command.Create(program, arguments), CancellationToken.None)).Succeeded;

    private async Task CreateDatabaseAsync()
    {
        await using (var sessions = await Sessions.OpenAsync(_server.ConnectionString))
        {
            var space = string.Empty;
            if (IsReal)
            {
                var data = _folder.CreateSubdirectory("data").FullName;
                var user = await ServerUser.FindAsync(CancellationToken.None);
                await user.TakeOverAsync(_folder.FullName, CancellationToken.None);
                await user.TakeOverAsync(data, CancellationToken.None);
                await sessions.ScalarAsync($"CREATE TABLESPACE small LOCATION '{data}'");
                space = "TABLESPACE small";
            }

            await sessions.ScalarAsync($"CREATE DATABASE {Database} TEMPLATE template0 {space}");
        }

        await Migrations.ExtendDbMigrator.MigrateAsync(ConnectionString);
        await using var own = await Sessions.OpenAsync(ConnectionString);
        await own.ScalarAsync(
            """
            CREATE FUNCTION public.disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
            END $$
            """);
    }

    private async Task OnAllTablesAsync(Func<string, string> statement)
    {
        await using var sessions = await Sessions.OpenAsync(ConnectionString);
        foreach (var table in Tables)
        {
            await sessions.ScalarAsync(statement(table));
        }
    }
}
