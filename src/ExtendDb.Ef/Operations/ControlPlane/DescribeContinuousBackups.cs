using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Describes backups.</summary>
internal static class DescribeContinuousBackups
{
    /// <summary>Says whether a table is backed up continuously: never, backups are a matter of the database.</summary>
    /// <returns>DISABLED, also where DynamoDB says ENABLED: there is nothing that could be restored.</returns>
    /// <exception cref="ValidationException">The name cannot be that of a table.</exception>
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
