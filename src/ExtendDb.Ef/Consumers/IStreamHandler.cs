using System.ComponentModel;
using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef;

/// <summary>Handles the records of a stream; a class implements <see cref="IStreamHandler{TContext}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IStreamHandler
{
    /// <summary>Handles records on a context.</summary>
    /// <param name="records">The records.</param>
    /// <param name="context">The context.</param>
    /// <param name="cancellationToken">Cancelled at the time-out, and when the host stops.</param>
    Task HandleAsync(IReadOnlyList<StreamRecord> records, DbContext context, CancellationToken cancellationToken);
}

/// <summary>Handles the records of a stream, each exactly once as far as the effect is in the database of the context.</summary>
/// <typeparam name="TContext">The context of the registration, such as <see cref="ExtendDbContext"/>.</typeparam>
public interface IStreamHandler<in TContext> : IStreamHandler
    where TContext : DbContext
{
    /// <summary>Handles records of one shard.</summary>
    /// <param name="records">The records, at least one, in the order of the changes of each item.</param>
    /// <param name="context">
    /// A context in a transaction, which is committed together with the place of the consumer once the method returns. What the
    /// context tracks is saved then. <c>context.ExtendDb()</c> writes items in the same transaction.
    /// </param>
    /// <param name="cancellationToken">Cancelled at the time-out, and when the host stops.</param>
    /// <remarks>
    /// An exception rolls everything back, and the records come again. An effect elsewhere, such as a mail, can happen more than
    /// once. The method must end when the token is cancelled, because its transaction holds back VACUUM.
    /// </remarks>
    Task HandleAsync(IReadOnlyList<StreamRecord> records, TContext context, CancellationToken cancellationToken);

    Task IStreamHandler.HandleAsync(
        IReadOnlyList<StreamRecord> records, DbContext context, CancellationToken cancellationToken) =>
        HandleAsync(records, (TContext)context, cancellationToken);
}
