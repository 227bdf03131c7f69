using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Runtime.Catalog;

/// <summary>The definitions that this process knows, at most CatalogPollInterval old.</summary>
/// <remarks>
/// What is kept was committed when it was read: a caller's transaction may see another state, so what it reads is its own.
/// The first load checks the schema, and announces the CatalogPollInterval.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "Lives as long as the runtime; a SemaphoreSlim holds nothing to release.")]
internal sealed class DefinitionCache(
    DatabaseConnections connections, DefinitionLoader loader, CatalogRollout rollout, TimeProvider time)
{
    // A name that is asked for again and again and is not there makes no other caller wait more often than that.
    private static readonly TimeSpan New = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private Known? _known;
    private long _wanted;

    /// <summary>Returns definitions that were the database's within the last CatalogPollInterval.</summary>
    /// <exception cref="SchemaVersionException">The database's schema is older or newer than this library's.</exception>
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
    /// Whoever holds a connection must not wait for another, nor for somebody who waits for one. In a transaction,
    /// definitions that were known a moment ago are new enough: the save looks again if it is slow.
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

    /// <summary>As <see cref="GetAsync(DbContext, CancellationToken)"/>, for a save of items of some tables.</summary>
    /// <remarks>A table that another process has created this second is not known yet: the database is asked then.</remarks>
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

    /// <summary>As <see cref="GetForAsync"/>, for the hooks that EF calls synchronously.</summary>
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

    /// <summary>As <see cref="GetAsync(DbContext, CancellationToken)"/>, for the hooks that EF calls synchronously: always over the context's own connection.</summary>
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

    /// <summary>As <see cref="ReadAsync"/>, for the hooks that EF calls synchronously.</summary>
    public Definitions Read(DbContext context)
    {
        using var held = ContextConnection.Open(context);
        if (_known is null)
        {
            DefinitionLoader.CheckSchema(held.Connection);
        }

        return loader.Read(held.Connection, _known?.Definitions);
    }

    /// <summary>Returns the definitions of a version that a batch has seen, or later ones, over its own connection.</summary>
    /// <remarks>
    /// A version beyond the one that was seen is later, or was lost in a fail-over: the database is asked which. The batch is
    /// READ COMMITTED, so what it reads holds for everybody.
    /// </remarks>
    public async ValueTask<Definitions> GetAtLeastAsync(
        long version, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_known is { } known && known.Definitions.Version == version)
        {
            return known.Definitions;
        }

        if (_known is null)
        {
            // A process that only applies markers writes no items, so nobody has to wait for it.
            await DefinitionLoader.CheckSchemaAsync(connection, cancellationToken);
            return await loader.LoadAsync(connection, cancellationToken);
        }

        var question = NewQuestion();
        return Learn(question, await loader.LoadAsync(connection, cancellationToken));
    }

    /// <summary>Returns a table that can be used.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table, or it is being deleted.</exception>
    /// <remarks>
    /// A name that is not known, or known as being deleted, is looked up in the database at once: a table of that name may
    /// have been created this second.
    /// </remarks>
    public async ValueTask<TableDefinition> GetTableAsync(string name, CancellationToken cancellationToken)
    {
        var table = (await GetAsync(cancellationToken)).Find(name);
        if (table is not { Status: TableStatus.ACTIVE })
        {
            Forget();
            table = (await GetAsync(cancellationToken)).Find(name);
        }

        return Usable(table);
    }

    /// <summary>As <see cref="GetTableAsync(string, CancellationToken)"/>, for a context that may hold a connection.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table, or it is being deleted.</exception>
    public async ValueTask<TableDefinition> GetTableAsync(
        DbContext context, string name, CancellationToken cancellationToken)
    {
        var table = (await GetAsync(context, cancellationToken)).Find(name);
        if (table is { Status: TableStatus.ACTIVE })
        {
            return table;
        }

        if (ContextConnection.HasTransaction(context))
        {
            return Usable((await ReadAsync(context, cancellationToken)).Find(name));
        }

        Forget();
        return Usable((await GetAsync(context, cancellationToken)).Find(name));
    }

    /// <summary>Returns whether a rollout that is waiting for older definitions also waits for saves that have used these.</summary>
    public bool IsCovered(Definitions definitions) =>
        _known is { } known && known.Definitions == definitions && rollout.Covers(time.GetElapsedTime(known.Answers.At));

    /// <summary>Makes the next call ask the database, also when another call is asking it at this moment.</summary>
    public void Forget() => Interlocked.Increment(ref _wanted);

    /// <summary>As <see cref="Forget"/>, unless the database has been asked only just now.</summary>
    public void ForgetUnlessNew()
    {
        if (_known is not { } known || time.GetElapsedTime(known.Answers.At) > New)
        {
            Forget();
        }
    }

    private static TableDefinition Usable(TableDefinition? table) => table is { Status: TableStatus.ACTIVE }
        ? table
        : throw new ResourceNotFoundException("Requested resource not found");

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

    /// <summary>When the database was asked, and how often Forget had been called by then.</summary>
    private readonly record struct Question(long At, long Wanted);

    private sealed record Known(Definitions Definitions, Question Answers);
}
