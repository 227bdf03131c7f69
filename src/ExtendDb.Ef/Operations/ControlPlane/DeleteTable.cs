using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles DeleteTable.</summary>
internal static class DeleteTable
{
    /// <summary>Deletes a table with all its items and indexes.</summary>
    /// <returns>
    /// The table with the state DELETING, without its key. A worker deletes its rows in chunks, then the table, and its
    /// name is free.
    /// </returns>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <exception cref="ResourceInUseException">
    /// The table is being deleted already, or one of its global indexes is being filled or removed.
    /// </exception>
    /// <exception cref="ValidationException">
    /// The table has deletion protection, or the name is not a valid table name.
    /// </exception>
    /// <remarks>
    /// Runs in a transaction of its own, even when the context is in one. Other processes may read and write the table
    /// for another CatalogPollInterval; what they write is deleted too. Source: DynamoDB API, DeleteTable.
    /// </remarks>
    internal static async Task<TableDescription> HandleAsync(
        OperationContext context, string tableName, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(tableName).ThrowIfBroken();
        var deleted = await CatalogTransaction.RunAsync(
            context,
            tableName,
            () => CatalogTransaction.TableNotFound(tableName),
            table =>
            {
                CatalogTransaction.CheckNotDeleting(table);
                if (table.DeletionProtectionEnabled)
                {
                    throw new ValidationException(
                        "Resource cannot be deleted as it is currently protected against deletion. "
                        + "Disable deletion protection first.");
                }

                if (table.SecondaryIndexes.Any(i => i.Status != IndexStatus.ACTIVE))
                {
                    throw CatalogTransaction.InUse(
                        "Cannot delete table while indexes are being created, updated, or deleted.");
                }

                table.Status = TableStatus.DELETING;
                foreach (var index in table.SecondaryIndexes)
                {
                    index.Status = IndexStatus.DELETING;
                }
            },
            cancellationToken);
        return (await TableSizes.DescribeAsync(context, deleted, cancellationToken)) with
        {
            KeySchema = [],
            AttributeDefinitions = [],
        };
    }
}
