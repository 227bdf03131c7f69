using System.Transactions;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Runtime;

/// <summary>The context and the runtime of an operation.</summary>
/// <remarks>
/// An operation of the library's own registration creates its context only when it needs one: reads and direct writes need
/// a connection and nothing else.
/// </remarks>
internal sealed class OperationContext : IAsyncDisposable
{
    private readonly Func<DbContext>? _create;
    private readonly DirectAccess? _direct;
    private DbContext? _context;

    /// <summary>Uses a context of the caller's.</summary>
    public OperationContext(DbContext context, ExtendDbRuntime runtime) => (_context, Runtime) = (context, runtime);

    /// <summary>Creates a context when one is needed.</summary>
    /// <param name="create">Creates the context, which is disposed with this object.</param>
    /// <param name="direct">Where the operation can work without a context; null when it needs one.</param>
    public OperationContext(Func<DbContext> create, DirectAccess? direct)
    {
        (_create, _direct) = (create, direct);
        Runtime = direct?.Runtime ?? ExtendDbRuntime.Of(DbContext);
    }

    /// <summary>Gets the runtime of the database.</summary>
    public ExtendDbRuntime Runtime { get; }

    /// <summary>Gets the context whose connection and transaction the operation uses.</summary>
    public DbContext DbContext
    {
        get
        {
            if (_context is null)
            {
                _context = _create!();

                // No caller can change the entities of this context, and each write marks its own changes.
                _context.ChangeTracker.AutoDetectChangesEnabled = false;
            }

            return _context;
        }
    }

    /// <summary>Gets where the operation works without a context; null when it has one, or takes part in a transaction.</summary>
    public DirectAccess? Direct => _context is null && Transaction.Current is null ? _direct : null;

    /// <summary>Gets whether the operation holds a connection, so that it must not wait for another one.</summary>
    public bool HoldsConnection => Direct is null && ContextConnection.IsHeld(DbContext);

    /// <summary>Returns a table by its name.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    public ValueTask<TableDefinition> TableAsync(string name, CancellationToken cancellationToken) => Direct is null
        ? Runtime.Definitions.GetTableAsync(DbContext, name, cancellationToken)
        : Runtime.Definitions.GetTableAsync(name, cancellationToken);

    /// <summary>
    /// Returns a table by its name, read again when a requested index is not known as ACTIVE.
    /// </summary>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>An index that is unknown, or not known as ACTIVE, may have just become so.</remarks>
    public async ValueTask<TableDefinition> TableAsync(string name, string? index, CancellationToken cancellationToken)
    {
        var table = await TableAsync(name, cancellationToken);
        if (index is null || table.Indexes.Any(i => i.Name == index && i.Status == IndexStatus.ACTIVE))
        {
            return table;
        }

        Runtime.Definitions.ForgetUnlessNew();
        return await TableAsync(name, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_create is not null && _context is not null)
        {
            await _context.DisposeAsync();
        }
    }
}
