using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Sql;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Catalog;

/// <summary>Deletes tables.</summary>
internal static class DeleteTable
{
    /// <summary>Deletes a table with all its items and indexes.</summary>
    /// <param name="at">Where.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The table, DELETING. A worker deletes its rows in chunks; then it is gone, and its name is free.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ResourceInUseException">The table is being deleted already.</exception>
    /// <exception cref="ValidationException">The table is protected.</exception>
    /// <remarks>
    /// Always a transaction of its own, also on a context that holds one. Other processes may read and write the table
    /// for CatalogPollInterval more; what they write is deleted too. Source: DynamoDB API, DeleteTable.
    /// </remarks>
    internal static async Task<TableDescription> HandleAsync(
        OperationContext at, string tableName, CancellationToken cancellationToken)
    {
        new RequestShape().TableName(tableName).ThrowIfBroken();
        using var outside = LocalDatabase.OutsideAmbientTransaction();
        await using var context = at.Database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // Changes of definitions go one after the other: the row of the version is their lock.
        await context.Database.ExecuteSqlRawAsync(Statements.CatalogStateBump, cancellationToken);
        var table = await context.Tables.Include(t => t.SecondaryIndexes)
                .SingleOrDefaultAsync(t => t.Name == tableName, cancellationToken)
            ?? throw new ResourceNotFoundException($"Requested resource not found: Table: {tableName} not found");
        if (table.Status == TableStatus.DELETING)
        {
            throw new ResourceInUseException(
                $"Attempt to change a resource which is still in use: Table is being deleted: {tableName}");
        }

        if (table.DeletionProtectionEnabled)
        {
            throw new ValidationException(
                "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");
        }

        table.Status = TableStatus.DELETING;
        foreach (var index in table.SecondaryIndexes)
        {
            index.Status = IndexStatus.DELETING;
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        at.Database.Definitions.Forget();
        var definitions = await at.Database.Definitions.GetAsync(cancellationToken);

        // Null when a worker has been quick enough to finish it by now.
        return definitions.Find(tableName) is { Status: TableStatus.DELETING } deleting
            ? TableDescription.Of(deleting)
            : new(tableName, table.TableId, TableStatus.DELETING, table.CreatedAt, [], [], [], [], false);
    }
}
