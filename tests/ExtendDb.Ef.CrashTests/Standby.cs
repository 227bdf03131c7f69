using System.Globalization;
using ExtendDb.Ef.Local;
using Npgsql;

namespace ExtendDb.Ef.CrashTests;

/// <summary>A second server that follows a first one, until it is promoted.</summary>
internal sealed class Standby : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly LocalPostgres _server;

    private Standby(DirectoryInfo folder, LocalPostgres server)
    {
        _folder = folder;
        _server = server;
    }

    public string ConnectionString => _server.ConnectionString;

    /// <summary>Copies a running server, and follows it from there.</summary>
    public static async Task<Standby> StartAsync(LocalPostgres primary)
    {
        var folder = Directory.CreateTempSubdirectory("extenddb-standby-");
        try
        {
            await CopyAsync(primary, folder);
            var server = await LocalPostgres.StartAsync(new() { Folder = folder.FullName });
            var standby = new Standby(folder, server);
            await Waiting.UntilAsync(
                async () => await Sql.ScalarAsync(
                    primary.ConnectionString, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") is 1L,
                "the standby follows");
            return standby;
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Makes every commit of the first server wait until it is on this one's disk.</summary>
    public static async Task MakeSynchronousAsync(LocalPostgres primary)
    {
        await Sql.ScalarAsync(primary.ConnectionString, "ALTER SYSTEM SET synchronous_standby_names = '*'");
        await Sql.ScalarAsync(primary.ConnectionString, "SELECT pg_reload_conf()");
        await Waiting.UntilAsync(
            async () => await Sql.ScalarAsync(
                primary.ConnectionString, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") is 1L,
            "commits wait for the standby");
    }

    /// <summary>Returns a connection string for whichever of the two takes writes.</summary>
    public string Either(LocalPostgres primary)
    {
        var first = new NpgsqlConnectionStringBuilder(primary.ConnectionString);
        var second = new NpgsqlConnectionStringBuilder(ConnectionString);
        return new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            Host = string.Create(CultureInfo.InvariantCulture, $"{first.Host}:{first.Port},{second.Host}:{second.Port}"),
            TargetSessionAttributes = "primary",
            HostRecheckSeconds = 1,
        }.ConnectionString;
    }

    public async Task PromoteAsync() => await Sql.ScalarAsync(ConnectionString, "SELECT pg_promote()");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // What LocalPostgres finds there is a whole data folder, so it makes none.
    private static async Task CopyAsync(LocalPostgres primary, DirectoryInfo folder)
    {
        var binaries = PostgresBinaries.Find(givenFolder: null);
        var user = await ServerUser.FindAsync(CancellationToken.None);
        await user.TakeOverAsync(folder.FullName, CancellationToken.None);
        var target = await ServerFolder.OpenPersistentAsync(
            folder.FullName, await binaries.MajorVersionAsync(CancellationToken.None), user, CancellationToken.None);
        var source = new NpgsqlConnectionStringBuilder(primary.ConnectionString);
        var copied = await Command.RunAsync(
            user.StartInfo(
                Path.Combine(FolderOf(binaries.InitDb), "pg_basebackup"),
                "--pgdata", target.Data,
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--dbname", $"host={source.Host} port={source.Port} user={source.Username} password={source.Password}"),
            CancellationToken.None);
        if (!copied.Succeeded)
        {
            throw new InvalidOperationException($"pg_basebackup failed: {copied.Error}");
        }
    }

    // Where the others are links, it may have none beside them.
    private static string FolderOf(string program) =>
        Path.GetDirectoryName(new FileInfo(program).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? program)!;
}
