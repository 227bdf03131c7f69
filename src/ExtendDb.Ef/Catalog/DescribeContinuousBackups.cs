using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>Whether something of continuous backups is on. Source: DynamoDB API, ContinuousBackupsDescription.</summary>
public enum ContinuousBackupsStatus
{
    /// <summary>It is on.</summary>
    ENABLED,

    /// <summary>It is off.</summary>
    DISABLED,
}

/// <summary>Whether a table can be restored to a point in time.</summary>
/// <param name="PointInTimeRecoveryStatus">DISABLED.</param>
/// <remarks>Source: DynamoDB API, PointInTimeRecoveryDescription.</remarks>
public sealed record PointInTimeRecoveryDescription(ContinuousBackupsStatus PointInTimeRecoveryStatus);

/// <summary>Whether a table is backed up continuously. Source: DynamoDB API, ContinuousBackupsDescription.</summary>
/// <param name="ContinuousBackupsStatus">DISABLED.</param>
/// <param name="PointInTimeRecoveryDescription">Whether it can be restored to a point in time.</param>
public sealed record ContinuousBackupsDescription(
    ContinuousBackupsStatus ContinuousBackupsStatus, PointInTimeRecoveryDescription PointInTimeRecoveryDescription);

/// <summary>Describes backups.</summary>
internal static class DescribeContinuousBackups
{
    /// <summary>Says whether a table is backed up continuously: never, backups are a matter of the database.</summary>
    /// <param name="at">Where.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>DISABLED, also where DynamoDB says ENABLED: there is nothing that could be restored.</returns>
    /// <exception cref="ValidationException">The name cannot be that of a table.</exception>
    /// <exception cref="TableNotFoundException">There is no such table.</exception>
    /// <remarks>Source: DynamoDB API, DescribeContinuousBackups.</remarks>
    internal static async Task<ContinuousBackupsDescription> HandleAsync(
        OperationContext at, string tableName, CancellationToken cancellationToken)
    {
        new RequestShape().TableName(tableName).ThrowIfBroken();
        _ = await TableRow.FindAsync(at, tableName, cancellationToken) ?? throw new TableNotFoundException(tableName);
        return new(ContinuousBackupsStatus.DISABLED, new(ContinuousBackupsStatus.DISABLED));
    }
}
