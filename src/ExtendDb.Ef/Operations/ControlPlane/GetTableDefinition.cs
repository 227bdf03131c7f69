using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Returns the definitions of tables.</summary>
internal static class GetTableDefinition
{
    internal static async Task<TableDefinition> HandleAsync(
        OperationContext context, string tableName, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(tableName).ThrowIfBroken();
        return await context.TableAsync(tableName, cancellationToken);
    }
}
