using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExtendDb.Ef.Migrations;

/// <summary>
/// Keeps EF from opening a connection of its own, without the callbacks of the data source, to see whether the database of
/// the open connection exists.
/// </summary>
internal sealed class NoFurtherConnection : DbConnectionInterceptor
{
    public static readonly NoFurtherConnection Instance = new();

    private NoFurtherConnection()
    {
    }

    /// <inheritdoc/>
    public override InterceptionResult ConnectionOpening(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    /// <inheritdoc/>
    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default) => new(InterceptionResult.Suppress());
}
