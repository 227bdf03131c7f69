using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Runtime.Catalog;

/// <summary>Keeps the definitions that this process knows, at most CatalogPollInterval old.</summary>
/// <remarks>
/// The cache keeps only definitions that were committed when they were read. A caller's transaction may see another
/// state, so definitions read in one are not kept. The first load checks the schema, and announces the
/// CatalogPollInterval.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "Lives as long as the runtime; a SemaphoreSlim holds nothing to release.")]
internal sealed class DefinitionCache(
    DatabaseConnections connections, DefinitionLoader loader, CatalogRollout rollout, TimeProvider time)
{
    // Repeated requests for a name that does not exist make other callers wait at most this often.
    private static readonly TimeSpan New = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private Known? _known;
    private long _wanted;

    /// <summary>Returns definitions that were current in the database within the last CatalogPollInterval.</summary>
    /// <exception cref="SchemaVersionException">
    /// The database's schema is older or newer than this library's.
    /// </exception>
    public async ValueTask<Definitions> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } loaded)
            {
                return loaded;
            }

            await using var connection = await connections.OpenAsync(cancellationToken);
            return await RefreshAsync(connection, cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Returns definitions for a context, over its own connection if it holds one.</summary>
    /// <remarks>
    /// A caller that holds a connection must wait neither for another connection nor for a caller that waits for one.
    /// In a transaction, definitions that were current a moment ago are new enough: a save compares their versions.
    /// </remarks>
    public async ValueTask<Definitions> GetAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        if (ContextConnection.HasTransaction(context))
        {
            return FreshInTransaction() ?? await ReadAsync(context, cancellationToken);
        }

        if (!ContextConnection.IsHeld(context))
        {
            return await GetAsync(cancellationToken);
        }

        await using var held = await ContextConnection.OpenAsync(context, cancellationToken);
        return await RefreshAsync(held.Connection, cancellationToken);
    }

    /// <summary>
    /// Returns definitions for a save of items of some tables, over the context's own connection if it holds one.
    /// </summary>
    /// <remarks>
    /// When a table is not known, another process may have just created it, so the database is queried again.
    /// </remarks>
    public async ValueTask<Definitions> GetForAsync(
        DbContext context, IEnumerable<int> tables, CancellationToken cancellationToken)
    {
        var definitions = await GetAsync(context, cancellationToken);
        if (tables.All(table => definitions.Find(table) is not null))
        {
            return definitions;
        }

        Forget();
        return await GetAsync(context, cancellationToken);
    }

    /// <summary>
    /// Returns definitions like <see cref="GetForAsync"/>, for the hooks that EF calls synchronously.
    /// </summary>
    public Definitions GetFor(DbContext context, IEnumerable<int> tables)
    {
        var definitions = Get(context);
        if (tables.All(table => definitions.Find(table) is not null))
        {
            return definitions;
        }

        Forget();
        return Get(context);
    }

    /// <summary>
    /// Returns definitions for a context, always over its own connection, for the hooks that EF calls synchronously.
    /// </summary>
    public Definitions Get(DbContext context)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        if (ContextConnection.HasTransaction(context))
        {
            return FreshInTransaction() ?? Read(context);
        }

        using var held = ContextConnection.Open(context);
        var question = NewQuestion();
        if (_known is null)
        {
            DefinitionLoader.CheckSchema(held.Connection);
            rollout.Announce(held.Connection);
        }

        return Learn(question, loader.Read(held.Connection, _known?.Definitions));
    }

    /// <summary>Reads the definitions as a context's transaction sees them.</summary>
    public async Task<Definitions> ReadAsync(DbContext context, CancellationToken cancellationToken)
    {
        await using var held = await ContextConnection.OpenAsync(context, cancellationToken);
        if (_known is null)
        {
            await DefinitionLoader.CheckSchemaAsync(held.Connection, cancellationToken);
        }

        return await loader.ReadAsync(held.Connection, _known?.Definitions, cancellationToken);
    }

    /// <summary>Reads definitions like <see cref="ReadAsync"/>, for the hooks that EF calls synchronously.</summary>
    public Definitions Read(DbContext context)
    {
        using var held = ContextConnection.Open(context);
        if (_known is null)
        {
            DefinitionLoader.CheckSchema(held.Connection);
        }

        return loader.Read(held.Connection, _known?.Definitions);
    }

    /// <summary>
    /// Returns the definitions of a version that a batch has read, or later ones, over the connection of the batch.
    /// </summary>
    /// <remarks>
    /// A known version that differs may be later, or may have been lost in a fail-over, so the definitions are loaded
    /// again. The batch is READ COMMITTED, so it reads committed definitions, which the cache may keep.
    /// </remarks>
    public async ValueTask<Definitions> GetAtLeastAsync(
        long version, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_known is { } known && known.Definitions.Version == version)
        {
            return known.Definitions;
        }

        await DefinitionLoader.CheckSchemaAsync(connection, cancellationToken);
        if (_known is null)
        {
            // A process that only applies markers writes no items, so no rollout has to wait for it.
            return await loader.LoadAsync(connection, cancellationToken);
        }

        var question = NewQuestion();
        return Learn(question, await loader.LoadAsync(connection, cancellationToken));
    }

    /// <summary>Returns a table by its name.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>
    /// When the name is unknown, the database is queried at once, because a table of that name may have just been created.
    /// </remarks>
    public async ValueTask<TableDefinition> GetTableAsync(string name, CancellationToken cancellationToken)
    {
        var table = (await GetAsync(cancellationToken)).Find(name);
        if (table is null)
        {
            Forget();
            table = (await GetAsync(cancellationToken)).Find(name);
        }

        return table ?? throw ResourceNotFoundException.Requested();
    }

    /// <summary>Returns a table by its name, for a context that may hold a connection.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    public async ValueTask<TableDefinition> GetTableAsync(
        DbContext context, string name, CancellationToken cancellationToken)
    {
        var table = (await GetAsync(context, cancellationToken)).Find(name);
        if (table is not null)
        {
            return table;
        }

        if (ContextConnection.HasTransaction(context))
        {
            return (await ReadAsync(context, cancellationToken)).Find(name) ?? throw ResourceNotFoundException.Requested();
        }

        Forget();
        return (await GetAsync(context, cancellationToken)).Find(name) ?? throw ResourceNotFoundException.Requested();
    }

    /// <summary>Makes the next call query the database, even while another call is querying it.</summary>
    public void Forget() => Interlocked.Increment(ref _wanted);

    /// <summary>Makes the next call query the database, unless the last query was made only just now.</summary>
    public void ForgetUnlessNew()
    {
        if (_known is not { } known || time.GetElapsedTime(known.Answers.At) > New)
        {
            Forget();
        }
    }

    private Definitions? Fresh() => Wanted() is { } known && rollout.IsFresh(Age(known)) ? known.Definitions : null;

    private Definitions? FreshInTransaction() =>
        Wanted() is { } known && rollout.IsFreshInTransaction(Age(known)) ? known.Definitions : null;

    private Known? Wanted() =>
        _known is { } known && known.Answers.Wanted == Interlocked.Read(ref _wanted) ? known : null;

    private TimeSpan Age(Known known) => time.GetElapsedTime(known.Answers.At);

    private async Task<Definitions> RefreshAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_known is null)
        {
            await DefinitionLoader.CheckSchemaAsync(connection, cancellationToken);
            await rollout.AnnounceAsync(connection, cancellationToken);
        }

        var question = NewQuestion();
        return Learn(question, await loader.ReadAsync(connection, _known?.Definitions, cancellationToken));
    }

    private Definitions Learn(Question question, Definitions definitions)
    {
        _known = new(definitions, question);
        return definitions;
    }

    private Question NewQuestion() => new(time.GetTimestamp(), Interlocked.Read(ref _wanted));

    /// <summary>The time of a query of the database, and the number of calls of Forget before it.</summary>
    private readonly record struct Question(long At, long Wanted);

    private sealed record Known(Definitions Definitions, Question Answers);
}
