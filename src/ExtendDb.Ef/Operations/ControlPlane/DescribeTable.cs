using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles DescribeTable.</summary>
internal static class DescribeTable
{
    /// <summary>Describes a table and its indexes.</summary>
    /// <returns>
    /// The present state of the table: UPDATING while a global index is being filled or removed, and DELETING until a
    /// deleted table is gone.
    /// </returns>
    /// <exception cref="ValidationException">The name is not a valid table name.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>
    /// Strongly consistent, the sizes included. Cost: two round trips, which read up to 10,001 rows of the table and of
    /// each index. Source: DynamoDB API, DescribeTable.
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
