using System.Collections.Concurrent;
using ExtendDb.Ef.Runtime.Catalog;
using ExtendDb.Ef.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Runtime;

/// <summary>The state that this process keeps for the database of one data source.</summary>
/// <remarks>
/// AddExtendDb creates it; a context without a registration shares the runtime of its data source or connection string
/// (<see cref="RuntimeDirectory"/>). Its state can be lost at any time, because the database holds the truth.
/// </remarks>
internal sealed class ExtendDbRuntime : IDisposable
{
    private readonly ConcurrentDictionary<Type, object> _parts = new();
    private bool _isDisposed;

    /// <summary>Creates the runtime of a database.</summary>
    /// <param name="options">The options; a copy that nobody changes.</param>
    /// <param name="time">The clock of this machine.</param>
    /// <param name="connections">Opens connections beside those of contexts; disposed with the runtime.</param>
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
        Failures = new RepeatedFailures(time);
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

    /// <summary>Gets what decides which failures of background loops are logged.</summary>
    public RepeatedFailures Failures { get; }

    public PostCommitFailures PostCommitFailures { get; }

    /// <summary>Gets the name of the database, for telemetry.</summary>
    public string Name => Connections.Database;

    /// <summary>Returns the runtime of a context's database.</summary>
    /// <exception cref="InvalidOperationException">The context was configured without UseExtendDb().</exception>
    public static ExtendDbRuntime Of(DbContext context) => RuntimeDirectory.Of(context);

    /// <summary>Returns the part of a type; the first call creates it.</summary>
    /// <remarks>
    /// Each folder that keeps state for a database adds its part as a property, such as <c>runtime.Batches</c>.
    /// </remarks>
    public T Part<T>()
        where T : class, IRuntimePart<T> => (T)_parts.GetOrAdd(typeof(T), static (_, runtime) => T.Create(runtime), this);

    /// <summary>Gets whether a registration has created this runtime.</summary>
    public bool IsRegistered { get; init; }

    /// <summary>Gets the size of the connection pool of the registration's contexts; null without a registration.</summary>
    public int? ContextPoolSize { get; init; }

    /// <summary>Gets whether contexts that have found this runtime may keep using it.</summary>
    public bool IsCurrent { get; private set; } = true;

    /// <summary>Occurs when the host that registered this runtime ends.</summary>
    public event Action? Disposed;

    /// <summary>Makes contexts that have found this runtime find another one.</summary>
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
