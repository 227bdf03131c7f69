using Npgsql;

namespace ExtendDb.Ef.Local;

/// <summary>
/// A private PostgreSQL server, started from installed programs, that ends with the process that uses it.
/// </summary>
/// <remarks>
/// It listens on 127.0.0.1 only, and only with a random password that is kept in its folder. Without
/// <see cref="LocalPostgresOptions.Folder"/> it is temporary: of this process alone, and deleted at the end. With one
/// it is persistent: processes of one user share it, the first starts it and the last that leaves stops it. It stops
/// with its last process also when that is killed (not on Windows), and when the object is lost without being disposed.
/// A caller who is root runs it as the user postgres.
/// </remarks>
public sealed class LocalPostgres : IAsyncDisposable
{
    private readonly ServerFolder _folder;
    private readonly ServerUser _user;
    private readonly LocalPostgresOptions _options;
    private readonly string _password;
    private readonly IServerControl _control;
    private readonly FolderLock? _ownership;
    private bool _disposed;

    private LocalPostgres(
        ServerFolder folder,
        ServerUser user,
        LocalPostgresOptions options,
        string password,
        IServerControl control,
        FolderLock? ownership,
        int port)
    {
        _folder = folder;
        _user = user;
        _options = options;
        _password = password;
        _control = control;
        _ownership = ownership;
        Port = port;
    }

    /// <summary>
    /// Gets the connection string of the superuser, for the database <c>postgres</c>; it holds the password.
    /// </summary>
    public string ConnectionString => ConnectionStringFor("postgres");

    /// <summary>Gets the folder of the server: its data, its log <c>server.log</c>, and its lock.</summary>
    public string Folder => _folder.Root;

    /// <summary>Gets whether the folder is on a file system in memory.</summary>
    /// <value>False unless <see cref="LocalPostgresOptions.InMemory"/> asked for it and there was room.</value>
    public bool IsInMemory => _folder.IsInMemory;

    /// <summary>Gets the port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts a server, or joins the one that already runs on a persistent folder.</summary>
    /// <param name="options">Which server; null for a temporary one with all defaults.</param>
    /// <param name="cancellationToken">Ends the attempt, and what it had started.</param>
    /// <returns>The server, which answers on its port.</returns>
    /// <exception cref="LocalPostgresException">
    /// No server could be found or started; the message says what to do.
    /// </exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <remarks>
    /// Cost: about a second for a new folder, less for an old one. A data folder that was left half-made is moved aside
    /// to <c>data.broken-(time)</c>; the files a killed server left behind are recovered by PostgreSQL itself.
    /// </remarks>
    public static async Task<LocalPostgres> StartAsync(
        LocalPostgresOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new LocalPostgresOptions();
        options.Validate();
        var binaries = PostgresBinaries.Find(options.BinFolder);
        var user = await ServerUser.FindAsync(cancellationToken);
        if (options.Folder is not null)
        {
            var version = await binaries.MajorVersionAsync(cancellationToken);
            var folder = await ServerFolder.OpenPersistentAsync(options.Folder, version, user, cancellationToken);
            return await StartAsync(folder, binaries, user, options, cancellationToken);
        }

        await AbandonedFolders.RemoveAsync(binaries, user, cancellationToken);
        var temporary = await ServerFolder.CreateTemporaryAsync(
            user, options.InMemory ? MemoryFolder.Find() : null, cancellationToken);
        try
        {
            return await StartAsync(temporary, binaries, user, options, cancellationToken);
        }
        catch
        {
            await user.DeleteAsync(temporary.Root, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Returns the connection string of the superuser for one database; it holds the password.</summary>
    /// <param name="database">The name of the database, which need not exist yet.</param>
    /// <returns>A connection string for Npgsql.</returns>
    public string ConnectionStringFor(string database)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Port,
            Username = DataFolder.Superuser,
            Password = _password,
            Database = database,
        }.ConnectionString;
    }

    /// <summary>
    /// Stops the server the way a crash would: without a checkpoint, and with all its connections cut.
    /// </summary>
    /// <param name="cancellationToken">Only looked at before the server is told to stop.</param>
    /// <exception cref="LocalPostgresException">Other processes use the server, or it does not run.</exception>
    /// <remarks>
    /// What was committed with <see cref="LocalPostgresOptions.Fsync"/> on is there after
    /// <see cref="StartAgainAsync"/>.
    /// </remarks>
    public async Task StopImmediatelyAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (await _control.StopImmediatelyAsync() is { } complaint)
        {
            throw new LocalPostgresException($"The server in '{Folder}' was not stopped: {complaint}");
        }
    }

    /// <summary>
    /// Starts the server again after <see cref="StopImmediatelyAsync"/>, on the same folder and port.
    /// </summary>
    /// <param name="cancellationToken">Only looked at before the server is told to start.</param>
    /// <exception cref="LocalPostgresException">
    /// The server did not start, or its port was taken in the meantime.
    /// </exception>
    public async Task StartAgainAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var samePort = new LocalPostgresOptions
        {
            Folder = _options.Folder,
            InMemory = _options.InMemory,
            Fsync = _options.Fsync,
            Settings = _options.Settings,
            Port = Port,
        };
        await ServerStart.RunAsync(_control, _folder, samePort, new Deadline(_options.StartTimeout), cancellationToken);
    }

    /// <summary>Leaves the server; it stops when no other process uses it, and a temporary one is deleted.</summary>
    /// <returns>A task that ends when the server has stopped or has been left to others.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _control.DisposeAsync();
        if (_folder.IsTemporary)
        {
            await _user.DeleteAsync(_folder.Root, CancellationToken.None);
        }

        _ownership?.Dispose();
    }

    private static async Task<LocalPostgres> StartAsync(
        ServerFolder folder,
        PostgresBinaries binaries,
        ServerUser user,
        LocalPostgresOptions options,
        CancellationToken cancellationToken)
    {
        var deadline = new Deadline(options.StartTimeout);
        var held = await FolderLock.TakeAsync(folder.Lock, deadline, cancellationToken);
        IServerControl? control = null;
        LocalPostgres? started = null;
        try
        {
            await DataFolder.EnsureAsync(folder, binaries, user, cancellationToken);
            var password = await DataFolder.ReadPasswordAsync(folder.Data, cancellationToken);

            // Registered first, so that a server found running cannot be stopped by those who leave it.
            control = OperatingSystem.IsWindows()
                ? new DirectServer(folder, binaries)
                : await SupervisedServer.RegisterAsync(folder, binaries, user, options.StartTimeout, cancellationToken);
            var port = await RunningServer.FindPortAsync(folder.Data, password, deadline, cancellationToken)
                ?? await ServerStart.RunAsync(control, folder, options, deadline, cancellationToken);

            // The lock of a temporary folder is its owner's sign of life.
            var ownership = folder.IsTemporary ? held : null;
            return started = new LocalPostgres(folder, user, options, password, control, ownership, port);
        }
        finally
        {
            if (started is null && control is not null)
            {
                await control.DisposeAsync();
            }

            if (started?._ownership is null)
            {
                held.Dispose();
            }
        }
    }
}
