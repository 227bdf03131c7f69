using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles DeleteTable.</summary>
internal static class DeleteTable
{
    internal static async Task<DeleteTableResponse> HandleAsync(
        OperationContext context, DeleteTableRequest request, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(request.TableName).ThrowIfBroken();
        var deleted = await CatalogTransaction.RemoveAsync(
            context,
            request.TableName,
            () => CatalogTransaction.TableNotFound(request.TableName),
            table =>
            {
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
            },
            cancellationToken);
        var described = await TableSizes.DescribeAsync(context, deleted, cancellationToken);
        return new()
        {
            TableDescription = described with
            {
                TableStatus = TableStatus.DELETING,
                CreationDateTime = null,
                KeySchema = [],
                AttributeDefinitions = [],
                GlobalSecondaryIndexes = [],
                LocalSecondaryIndexes = [],
            },
        };
    }
}
