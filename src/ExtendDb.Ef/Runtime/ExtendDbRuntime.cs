using System.Collections.Concurrent;
using ExtendDb.Ef.Runtime.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Runtime;

/// <summary>What this process keeps for the database of one data source.</summary>
/// <remarks>
/// AddExtendDb makes it; a context without a registration shares the one of the data source or connection string that it
/// uses (<see cref="RuntimeDirectory"/>). Everything in it can be lost at any time: the database has the truth.
/// </remarks>
internal sealed class ExtendDbRuntime : IDisposable
{
    private readonly ConcurrentDictionary<Type, object> _parts = new();
    private bool _isDisposed;

    /// <summary>Makes the runtime of a database.</summary>
    /// <param name="options">How this process uses it; a copy, which nobody changes.</param>
    /// <param name="time">The clock of this machine.</param>
    /// <param name="loggers">Makes the loggers.</param>
    /// <param name="connections">Opens connections beside those of contexts; ends with the runtime.</param>
    public ExtendDbRuntime(
        ExtendDbOptions options, TimeProvider time, ILoggerFactory loggers, DatabaseConnections connections)
    {
        Options = options;
        Time = time;
        Connections = connections;
        Clock = new DatabaseClock(time);
        Definitions = new DefinitionCache(
            connections, new DefinitionLoader(options, time, Clock), new CatalogRollout(options.CatalogPollInterval), time);
        Signal = new MarkerSignal(time);
        PostCommitFailures = new PostCommitFailures(
            connections.Database, time, loggers.CreateLogger("ExtendDb.Ef.Writing"));
    }

    public ExtendDbOptions Options { get; }

    /// <summary>Gets the clock of this machine.</summary>
    public TimeProvider Time { get; }

    public DatabaseConnections Connections { get; }

    public DatabaseClock Clock { get; }

    public DefinitionCache Definitions { get; }

    public MarkerSignal Signal { get; }

    public PostCommitFailures PostCommitFailures { get; }

    /// <summary>Gets the name of the database, for telemetry.</summary>
    public string Name => Connections.Database;

    /// <summary>Returns the runtime of a context's database.</summary>
    /// <exception cref="InvalidOperationException">The context was configured without UseExtendDb().</exception>
    public static ExtendDbRuntime Of(DbContext context) => RuntimeDirectory.Of(context);

    /// <summary>Returns the part of a type, which the first call creates.</summary>
    /// <remarks>Each folder that keeps state for a database adds its part as a property: <c>runtime.Batches</c>.</remarks>
    public T Part<T>()
        where T : class, IRuntimePart<T> => (T)_parts.GetOrAdd(typeof(T), static (_, runtime) => T.Create(runtime), this);

    /// <summary>Gets whether a registration has made this runtime.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>Gets whether contexts that have found this runtime may go on with it.</summary>
    public bool IsCurrent { get; private set; } = true;

    /// <summary>Is raised when the host that registered it ends.</summary>
    public event Action? Disposed;

    /// <summary>Makes contexts that have found this runtime look for another one.</summary>
    public void Retire() => IsCurrent = false;

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
        {
            Retire();
            Disposed?.Invoke();
            Connections.Dispose();
        }
    }
}
