using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.IndexLifecycle;
using ExtendDb.Ef.Items;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Schema;
using ExtendDb.Ef.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Catalog;

/// <summary>The definitions this process knows, at most CatalogPollInterval old, and checked against the version first.</summary>
/// <remarks>
/// The first load also checks the schema version, and leaves word of a long CatalogPollInterval. What is kept is read on a
/// connection of its own, or on that of a batch: the transaction of a caller may see an older state.
/// </remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "Lives as long as the process; a SemaphoreSlim holds nothing to release.")]
internal sealed class DefinitionCache(ExtendDbRuntime runtime)
{
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
            return Fresh() ?? await RefreshAsync(cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>As <see cref="GetAsync(CancellationToken)"/>, for the hooks that EF calls synchronously.</summary>
    public Definitions Get()
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        _loading.Wait();
        try
        {
            return Fresh() ?? Refresh();
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Returns definitions for a context, over its own connection if it holds one in a transaction.</summary>
    /// <remarks>
    /// Who holds a connection must not wait for another: behind a pooler, as many such callers as it has connections would
    /// wait for each other. What was known a moment ago is new enough then; <see cref="LateIndexes"/> looks again.
    /// </remarks>
    public async ValueTask<Definitions> GetAsync(DbContext context, CancellationToken cancellationToken)
    {
        if (_known is null || !ItemWrite.InCallersTransaction(context))
        {
            return await GetAsync(cancellationToken);
        }

        return FreshForTransaction() ?? await ReadAsync(context, cancellationToken);
    }

    /// <summary>As <see cref="GetAsync(DbContext, CancellationToken)"/>, for the hooks that EF calls synchronously.</summary>
    public Definitions Get(DbContext context)
    {
        if (_known is null || !ItemWrite.InCallersTransaction(context))
        {
            return Get();
        }

        return FreshForTransaction() ?? Read(context);
    }

    /// <summary>Reads the definitions as a context's transaction sees them, if they are not those that are known.</summary>
    public async Task<Definitions> ReadAsync(DbContext context, CancellationToken cancellationToken)
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var connection = (NpgsqlConnection)context.Database.GetDbConnection();
            await using var ask = new NpgsqlCommand(Statements.CatalogStateVersion, connection);
            var version = (long)(await ask.ExecuteScalarAsync(cancellationToken))!;
            return _known is { } known && known.Definitions.Version == version
                ? known.Definitions
                : await LoadAsync(connection, cancellationToken);
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    /// <summary>As <see cref="ReadAsync"/>, for the hooks that EF calls synchronously.</summary>
    public Definitions Read(DbContext context)
    {
        context.Database.OpenConnection();
        try
        {
            var connection = (NpgsqlConnection)context.Database.GetDbConnection();
            using var ask = new NpgsqlCommand(Statements.CatalogStateVersion, connection);
            var version = (long)ask.ExecuteScalar()!;
            return _known is { } known && known.Definitions.Version == version ? known.Definitions : Load(connection);
        }
        finally
        {
            context.Database.CloseConnection();
        }
    }

    /// <summary>Returns the definitions of a version that a batch has seen, or later ones, over its own connection.</summary>
    /// <remarks>
    /// A version beyond the one that was seen is later, or was lost in a fail-over: the database is asked which. The batch is
    /// READ COMMITTED, so what it reads holds for everybody.
    /// </remarks>
    public async ValueTask<Definitions> GetAtLeastAsync(
        long version, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_known is not { } known)
        {
            // The first load checks the schema version.
            return await GetAsync(cancellationToken);
        }

        if (known.Definitions.Version == version)
        {
            return known.Definitions;
        }

        var question = NewQuestion();
        return Learn(question, await LoadAsync(connection, cancellationToken));
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

    /// <summary>As <see cref="GetTableAsync(string, CancellationToken)"/>, for a context that may hold a transaction.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table, or it is being deleted.</exception>
    public async ValueTask<TableDefinition> GetTableAsync(
        DbContext context, string name, CancellationToken cancellationToken)
    {
        if (!ItemWrite.InCallersTransaction(context))
        {
            return await GetTableAsync(name, cancellationToken);
        }

        var table = (await GetAsync(context, cancellationToken)).Find(name);
        return Usable(table is { Status: TableStatus.ACTIVE }
            ? table
            : (await ReadAsync(context, cancellationToken)).Find(name));
    }

    /// <summary>Tells whether whoever waits for all users of older definitions waits also for who began to use these.</summary>
    public bool IsNewEnough(Definitions definitions) =>
        _known is { } known && known.Definitions == definitions
        && runtime.Options.TimeProvider.GetElapsedTime(known.Answers.At)
            < runtime.Options.CatalogPollInterval + DefinitionAge.Margin;

    /// <summary>Makes the next call ask the database, also when somebody else is asking it at this moment.</summary>
    public void Forget() => Interlocked.Increment(ref _wanted);

    /// <summary>As <see cref="Forget"/>, unless the database has been asked only just now.</summary>
    /// <remarks>Who asks again and again for what is not there makes no other caller wait for the database each time.</remarks>
    public void ForgetUnlessNew()
    {
        if (_known is not { } known || runtime.Options.TimeProvider.GetElapsedTime(known.Answers.At) > New)
        {
            Forget();
        }
    }

    private int PollMilliseconds => (int)runtime.Options.CatalogPollInterval.TotalMilliseconds;

    private static TableDefinition Usable(TableDefinition? table) => table is { Status: TableStatus.ACTIVE }
        ? table
        : throw new ResourceNotFoundException("Requested resource not found");

    private Definitions? Fresh() => Fresh(runtime.Options.CatalogPollInterval);

    private Definitions? FreshForTransaction() => Fresh(runtime.Options.CatalogPollInterval + DefinitionAge.Margin / 2);

    private Definitions? Fresh(TimeSpan atMost)
    {
        var known = _known;
        return known is not null
            && known.Answers.Wanted == Interlocked.Read(ref _wanted)
            && runtime.Options.TimeProvider.GetElapsedTime(known.Answers.At) < atMost
                ? known.Definitions
                : null;
    }

    private async Task<Definitions> RefreshAsync(CancellationToken cancellationToken)
    {
        await using var connection = await runtime.OpenForDefinitionsAsync(cancellationToken);
        if (_known is null)
        {
            SchemaVersion.Check(await ReadLastMigrationAsync(connection, cancellationToken));
            await using var longest = new NpgsqlCommand(Statements.CatalogStateLongestPoll, connection);
            if ((int)(await longest.ExecuteScalarAsync(cancellationToken))! < PollMilliseconds)
            {
                await using var raise = RaiseLongestPoll(connection);
                await raise.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        var question = NewQuestion();
        await using (var probe = new NpgsqlCommand(Statements.CatalogStateVersion, connection))
        {
            await using var row = await probe.ExecuteReaderAsync(cancellationToken);
            await row.ReadAsync(cancellationToken);
            if (Unchanged(question, row) is { } unchanged)
            {
                return unchanged;
            }
        }

        return Learn(question, await LoadAsync(connection, cancellationToken));
    }

    private async Task<Definitions> LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = new DefinitionRows(runtime.Options.DefaultPropagationDelay);
        await using var command = new NpgsqlCommand(Statements.CatalogLoad, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader);
        }

        return rows.ToDefinitions();
    }

    private Definitions Refresh()
    {
        using var connection = runtime.OpenForDefinitions();
        if (_known is null)
        {
            SchemaVersion.Check(ReadLastMigration(connection));
            using var longest = new NpgsqlCommand(Statements.CatalogStateLongestPoll, connection);
            if ((int)longest.ExecuteScalar()! < PollMilliseconds)
            {
                using var raise = RaiseLongestPoll(connection);
                raise.ExecuteNonQuery();
            }
        }

        var question = NewQuestion();
        using (var probe = new NpgsqlCommand(Statements.CatalogStateVersion, connection))
        {
            using var row = probe.ExecuteReader();
            row.Read();
            if (Unchanged(question, row) is { } unchanged)
            {
                return unchanged;
            }
        }

        return Learn(question, Load(connection));
    }

    private Definitions Load(NpgsqlConnection connection)
    {
        var rows = new DefinitionRows(runtime.Options.DefaultPropagationDelay);
        using var command = new NpgsqlCommand(Statements.CatalogLoad, connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(reader);
        }

        return rows.ToDefinitions();
    }

    private static async Task<string?> ReadLastMigrationAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = new NpgsqlCommand(Statements.MigrationsHistoryLast, connection);
            return await command.ExecuteScalarAsync(cancellationToken) as string;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    private static string? ReadLastMigration(NpgsqlConnection connection)
    {
        try
        {
            using var command = new NpgsqlCommand(Statements.MigrationsHistoryLast, connection);
            return command.ExecuteScalar() as string;
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable)
        {
            return null;
        }
    }

    // Before the first load: who changes a definition that this process may not see yet knows then how long that lasts.
    private NpgsqlCommand RaiseLongestPoll(NpgsqlConnection connection) =>
        new(Statements.CatalogStateRaiseLongestPoll, connection)
        {
            Parameters = { new() { Value = PollMilliseconds } },
        };

    /// <summary>Returns the known definitions when they are still the database's; measures its clock by the way.</summary>
    private Definitions? Unchanged(Question question, DbDataReader row)
    {
        MeasureClock(question.At, row.GetFieldValue<DateTimeOffset>(1));
        if (_known is not { } known || row.GetInt64(0) != known.Definitions.Version)
        {
            return null;
        }

        _known = known with { Answers = question };
        return known.Definitions;
    }

    private Definitions Learn(Question question, Definitions definitions)
    {
        _known = new(definitions, question);
        return definitions;
    }

    // Taken as if the answer had been on its way for half of the round trip, so off by at most the other half.
    private void MeasureClock(long asked, DateTimeOffset theirs)
    {
        var roundTrip = runtime.Options.TimeProvider.GetElapsedTime(asked);
        runtime.ClockOffset = theirs + roundTrip / 2 - runtime.Options.TimeProvider.GetUtcNow();
    }

    private Question NewQuestion() => new(
        runtime.Options.TimeProvider.GetTimestamp(), Interlocked.Read(ref _wanted));

    /// <summary>When the database was asked, and how often Forget had been called by then.</summary>
    private readonly record struct Question(long At, long Wanted);

    private sealed record Known(Definitions Definitions, Question Answers);
}
