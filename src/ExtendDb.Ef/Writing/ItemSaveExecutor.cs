using System.Data;
using System.Transactions;
using ExtendDb.Ef.Model;
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

/// <summary>
/// Runs the statements of a save of items in a transaction, and checks the items and the definitions again in that
/// transaction.
/// </summary>
/// <remarks>
/// EF calls the executor after all interceptors of a save, so the executor sees their changes. The executor begins the
/// transaction itself, because EF sends a single statement without one. Saves without items run as in EF.
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
                ? InCurrentTransaction(save, commandBatches, connection, savepoints)
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
                ? InCurrentTransactionAsync(save, commandBatches, connection, savepoints, cancellationToken)
                : InOwnTransactionAsync(save, commandBatches, connection, cancellationToken));
            save.IsSaved = true;
            return rows - save.Rows;
        }
        finally
        {
            _context.Database.AutoSavepointsEnabled = savepoints;
        }
    }

    // An interceptor that runs after the library's can add the first item to a save.
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

    // No rows can be added to the save any more. The save begins without planned items, so LookAtItemsAgain counts
    // every item as changed, and FinishAsync corrects the indexes of all of them.
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
        save.ReadUnknown((NpgsqlConnection)connection.DbConnection);
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
        await save.ReadUnknownAsync((NpgsqlConnection)connection.DbConnection, cancellationToken);
        var rows = await _batches.ExecuteAsync(commandBatches, connection, cancellationToken);
        await save.FinishAsync((NpgsqlConnection)connection.DbConnection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    // The transaction is the caller's, or that of an operation, which has switched savepoints off. As in EF, a failed
    // save returns to its savepoint and leaves the caller's transaction usable.
    private int InCurrentTransaction(
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
            save.ReadUnknown((NpgsqlConnection)connection.DbConnection);
            var rows = _batches.Execute(commandBatches, connection);
            save.Finish((NpgsqlConnection)connection.DbConnection);
            transaction?.ReleaseSavepoint(Savepoint);
            return rows;
        }
        catch (ResourceNotFoundException gone) when (ContextConnection.EnlistedTransaction(_context) is { } ambient)
        {
            Abort(ambient, gone);
            throw;
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

    private async Task<int> InCurrentTransactionAsync(
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
            await save.ReadUnknownAsync((NpgsqlConnection)connection.DbConnection, cancellationToken);
            var rows = await _batches.ExecuteAsync(commandBatches, connection, cancellationToken);
            await save.FinishAsync((NpgsqlConnection)connection.DbConnection, cancellationToken);
            await (transaction?.ReleaseSavepointAsync(Savepoint, cancellationToken) ?? Task.CompletedTask);
            return rows;
        }
        catch (ResourceNotFoundException gone) when (ContextConnection.EnlistedTransaction(_context) is { } ambient)
        {
            Abort(ambient, gone);
            throw;
        }
        catch when (transaction is not null && connection.DbConnection.State == ConnectionState.Open)
        {
            // Without the caller's token: the transaction continues without this save even when the save was cancelled.
            await transaction.RollbackToSavepointAsync(Savepoint, CancellationToken.None);
            await transaction.ReleaseSavepointAsync(Savepoint, CancellationToken.None);
            throw;
        }
        finally
        {
            await connection.CloseAsync();
        }
    }

    // Like every failed save in an ambient transaction, in which EF sets no savepoint; an operation has set its own.
    private void Abort(Transaction ambient, Exception cause)
    {
        if (_saves.Verified is null)
        {
            ambient.Rollback(cause);
        }
    }
}
