using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>Finds the definitions of tables.</summary>
internal static class FindTable
{
    internal static async Task<TableDefinition> HandleAsync(
        OperationContext at, string tableName, CancellationToken cancellationToken)
    {
        new RequestShape().TableName(tableName).ThrowIfBroken();
        return await at.TableAsync(tableName, cancellationToken);
    }
}
