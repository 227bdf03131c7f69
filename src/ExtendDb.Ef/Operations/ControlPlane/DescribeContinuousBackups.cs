using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles DescribeContinuousBackups.</summary>
internal static class DescribeContinuousBackups
{
    /// <summary>
    /// Returns the state of a table's continuous backups, which are always off; PostgreSQL makes the backups.
    /// </summary>
    /// <returns>DISABLED, even where DynamoDB returns ENABLED, because nothing could be restored.</returns>
    /// <exception cref="ValidationException">The name is not a valid table name.</exception>
    /// <exception cref="TableNotFoundException">There is no such table.</exception>
    /// <remarks>Source: DynamoDB API, DescribeContinuousBackups.</remarks>
    internal static async Task<ContinuousBackupsDescription> HandleAsync(
        OperationContext context, string tableName, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(tableName).ThrowIfBroken();
        _ = await TableReader.FindAsync(context, tableName, cancellationToken) ?? throw new TableNotFoundException(tableName);
        return new(ContinuousBackupsStatus.DISABLED, new(ContinuousBackupsStatus.DISABLED));
    }
}
