using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>Describes tables.</summary>
internal static class DescribeTable
{
    /// <summary>Describes a table and its indexes.</summary>
    /// <param name="at">Where.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The table as it is now: UPDATING while a global index is being filled or removed, and described until it is gone
    /// while it is DELETING.
    /// </returns>
    /// <exception cref="ValidationException">The name cannot be that of a table.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>
    /// Strongly consistent, the sizes too. Cost: two round trips, which read up to 10,001 rows for the table and for each
    /// index. Source: DynamoDB API, DescribeTable.
    /// </remarks>
    internal static async Task<TableDescription> HandleAsync(
        OperationContext at, string tableName, CancellationToken cancellationToken)
    {
        new RequestShape().TableName(tableName).ThrowIfBroken();
        var table = await TableRow.FindAsync(at, tableName, cancellationToken)
            ?? throw CatalogChange.TableNotFound(tableName);
        return await TableSizes.DescribeAsync(at, table, cancellationToken);
    }
}
