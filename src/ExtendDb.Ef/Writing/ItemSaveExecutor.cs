using System.Data;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Runtime.Catalog;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;
using Microsoft.EntityFrameworkCore.Update.Internal;
using Npgsql;

#pragma warning disable EF1001 // Nothing public runs the batches of a save.

namespace ExtendDb.Ef.Writing;

/// <summary>Runs the statements of a save of items in a transaction, and looks at the items and the definitions once more in it.</summary>
/// <remarks>
/// EF calls it behind all interceptors of a save, so it sees what they have left, and begins the transaction itself: EF would
/// send a single statement without one. Saves that have no items by then go EF's way.
/// </remarks>
internal sealed class ItemSaveExecutor : IBatchExecutor
{
    private const string Savepoint = "extenddb_save";

    private readonly DbContext _context;
    private readonly RunningSaves _saves;

    private readonly BatchExecutor _batches;

    public ItemSaveExecutor(ICurrentDbContext current, IDiagnosticsLogger<DbLoggerCategory.Update> logger, RunningSaves saves)
    {
        _context = current.Context;
        _saves = saves;
        _batches = new(current, logger);
    }

    public int Execute(IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection)
    {
        if ((_saves.Innermost ?? BeginLate()) is not { } save)
        {
            return _batches.Execute(commandBatches, connection);
        }

        save.IsSaved = false;
        save.LookAtItemsAgain();
        var savepoints = _context.Database.AutoSavepointsEnabled;
        _context.Database.AutoSavepointsEnabled = false;
        try
        {
            var rows = ContextConnection.HasTransaction(_context)
                ? InCallersTransaction(save, commandBatches, connection, savepoints)
                : InOwnTransaction(save, commandBatches, connection);
            save.IsSaved = true;
            return rows - save.Rows;
        }
        finally
        {
            _context.Database.AutoSavepointsEnabled = savepoints;
        }
    }

    public async Task<int> ExecuteAsync(
        IEnumerable<ModificationCommandBatch> commandBatches,
        IRelationalConnection connection,
        CancellationToken cancellationToken = default)
    {
        if ((_saves.Innermost ?? await BeginLateAsync(cancellationToken)) is not { } save)
        {
            return await _batches.ExecuteAsync(commandBatches, connection, cancellationToken);
        }

        save.IsSaved = false;
        save.LookAtItemsAgain();
        var savepoints = _context.Database.AutoSavepointsEnabled;
        _context.Database.AutoSavepointsEnabled = false;
        try
        {
            var rows = await (ContextConnection.HasTransaction(_context)
                ? InCallersTransactionAsync(save, commandBatches, connection, savepoints, cancellationToken)
                : InOwnTransactionAsync(save, commandBatches, connection, cancellationToken));
            save.IsSaved = true;
            return rows - save.Rows;
        }
        finally
        {
            _context.Database.AutoSavepointsEnabled = savepoints;
        }
    }

    // An interceptor behind the library's can bring the first item into a save.
    private ItemSave? BeginLate()
    {
        var items = SavedItems.OfDetected(_context);
        if (items.Count == 0)
        {
            return null;
        }

        var runtime = ExtendDbRuntime.Of(_context);
        return BeginLate(runtime, runtime.Definitions.GetFor(_context, items.Keys.Select(item => item.Table)));
    }

    private async ValueTask<ItemSave?> BeginLateAsync(CancellationToken cancellationToken)
    {
        var items = SavedItems.OfDetected(_context);
        if (items.Count == 0)
        {
            return null;
        }

        var runtime = ExtendDbRuntime.Of(_context);
        return BeginLate(runtime, await runtime.Definitions.GetForAsync(
            _context, items.Keys.Select(item => item.Table), cancellationToken));
    }

    // Nothing is planned any more: all its items are brought right behind its statements.
    private ItemSave BeginLate(ExtendDbRuntime runtime, Definitions definitions)
    {
        var save = ItemSave.Begin(_context, runtime, definitions, []);
        _saves.Replace(save);
        return save;
    }

    private int InOwnTransaction(
        ItemSave save, IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        var rows = _batches.Execute(commandBatches, connection);
        save.Finish((NpgsqlConnection)connection.DbConnection);
        transaction.Commit();
        return rows;
    }

    private async Task<int> InOwnTransactionAsync(
        ItemSave save,
        IEnumerable<ModificationCommandBatch> commandBatches,
        IRelationalConnection connection,
        CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = await _batches.ExecuteAsync(commandBatches, connection, cancellationToken);
        await save.FinishAsync((NpgsqlConnection)connection.DbConnection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    // As EF does it: a save that fails leaves the transaction as it was, where there are savepoints.
    private int InCallersTransaction(
        ItemSave save,
        IEnumerable<ModificationCommandBatch> commandBatches,
        IRelationalConnection connection,
        bool savepoints)
    {
        var transaction = savepoints ? connection.CurrentTransaction : null;
        connection.Open();
        try
        {
            transaction?.CreateSavepoint(Savepoint);
            var rows = _batches.Execute(commandBatches, connection);
            save.Finish((NpgsqlConnection)connection.DbConnection);
            transaction?.ReleaseSavepoint(Savepoint);
            return rows;
        }
        catch when (transaction is not null && connection.DbConnection.State == ConnectionState.Open)
        {
            transaction.RollbackToSavepoint(Savepoint);
            transaction.ReleaseSavepoint(Savepoint);
            throw;
        }
        finally
        {
            connection.Close();
        }
    }

    private async Task<int> InCallersTransactionAsync(
        ItemSave save,
        IEnumerable<ModificationCommandBatch> commandBatches,
        IRelationalConnection connection,
        bool savepoints,
        CancellationToken cancellationToken)
    {
        var transaction = savepoints ? connection.CurrentTransaction : null;
        await connection.OpenAsync(cancellationToken);
        try
        {
            await (transaction?.CreateSavepointAsync(Savepoint, cancellationToken) ?? Task.CompletedTask);
            var rows = await _batches.ExecuteAsync(commandBatches, connection, cancellationToken);
            await save.FinishAsync((NpgsqlConnection)connection.DbConnection, cancellationToken);
            await (transaction?.ReleaseSavepointAsync(Savepoint, cancellationToken) ?? Task.CompletedTask);
            return rows;
        }
        catch when (transaction is not null && connection.DbConnection.State == ConnectionState.Open)
        {
            // Also when the caller has given up: the transaction goes on without this save.
            await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
            await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
            throw;
        }
        finally
        {
            await connection.CloseAsync();
        }
    }
}
