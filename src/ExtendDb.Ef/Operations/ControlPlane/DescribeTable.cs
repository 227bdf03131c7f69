using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Describes tables.</summary>
internal static class DescribeTable
{
    /// <summary>Describes a table and its indexes.</summary>
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
        OperationContext context, string tableName, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(tableName).ThrowIfBroken();
        var table = await TableReader.FindAsync(context, tableName, cancellationToken)
            ?? throw CatalogTransaction.TableNotFound(tableName);
        return await TableSizes.DescribeAsync(context, table, cancellationToken);
    }
}
