namespace ExtendDb.Ef.Local;

/// <summary>Says which server <see cref="LocalPostgres"/> starts, and where its data lives.</summary>
public sealed class LocalPostgresOptions
{
    /// <summary>Gets the folder that keeps the data between runs.</summary>
    /// <value>
    /// The default is null: a new folder in the folder for temporary files, deleted when the server stops. In a given
    /// folder each major version of PostgreSQL keeps its data in a sub-folder of its own.
    /// </value>
    public string? Folder { get; init; }

    /// <summary>Gets whether a temporary server keeps its data in memory where the machine has room for that.</summary>
    /// <value>
    /// The default is false. True takes <c>/dev/shm</c>, when it is a file system in memory with 1 GB of room, and the
    /// folder for temporary files otherwise; <see cref="LocalPostgres.IsInMemory"/> tells which. It cannot be combined
    /// with <see cref="Folder"/>.
    /// </value>
    public bool InMemory { get; init; }

    /// <summary>Gets whether a commit waits for the disk.</summary>
    /// <value>
    /// The default is null: on for a given <see cref="Folder"/>, off for a temporary one. Off, a crash of the server
    /// can lose the last commits, and a crash of the operating system can corrupt all data.
    /// </value>
    public bool? Fsync { get; init; }

    /// <summary>Gets the port on 127.0.0.1.</summary>
    /// <value>
    /// The default is 0: any free one. Range: 0 to 65535. A server that already runs on the folder keeps its port.
    /// </value>
    public int Port { get; init; }

    /// <summary>Gets the folder that holds initdb, pg_ctl and postgres.</summary>
    /// <value>The default is null: EXTENDDB_POSTGRES_BIN, then PATH, then the usual places of installers.</value>
    public string? BinFolder { get; init; }

    /// <summary>Gets further server settings by name, for example <c>log_statement</c> = <c>all</c>.</summary>
    /// <value>
    /// The default is empty. They win over the defaults of this class, but not over the address, the port and the
    /// sockets. A server that already runs on the folder keeps its settings.
    /// </value>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets how long the start may take, crash recovery and waiting for other processes included.</summary>
    /// <value>The default is 60 seconds. Range: 1 second to 1 hour.</value>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets the folder for data that this user keeps between runs, to be given as <see cref="Folder"/>.
    /// </summary>
    /// <value>
    /// <c>extenddb/postgres</c> in the user's folder for local application data; <c>/var/lib/extenddb/postgres</c> for
    /// root, because the server then runs as the user postgres, who cannot enter root's home.
    /// </value>
    public static string UserDataFolder =>
        !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
            ? "/var/lib/extenddb/postgres"
            : Path.Combine(
                Environment.GetFolderPath(
                    Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
                "extenddb",
                "postgres");

    internal bool EffectiveFsync => Fsync ?? Folder is not null;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(StartTimeout, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(StartTimeout, TimeSpan.FromHours(1));
        ArgumentNullException.ThrowIfNull(Settings);
        if (Folder is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
            if (InMemory)
            {
                throw new ArgumentException($"A server in memory keeps nothing in a {nameof(Folder)}; give one or the other.");
            }
        }
    }
}
