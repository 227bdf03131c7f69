using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles DescribeTable.</summary>
internal static class DescribeTable
{
    internal static async Task<DescribeTableResponse> HandleAsync(
        OperationContext context, DescribeTableRequest request, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(request.TableName).ThrowIfBroken();
        var table = await TableReader.FindAsync(context, request.TableName, cancellationToken)
            ?? throw CatalogTransaction.TableNotFound(request.TableName);
        return new() { Table = await TableSizes.DescribeAsync(context, table, cancellationToken) };
    }
}
