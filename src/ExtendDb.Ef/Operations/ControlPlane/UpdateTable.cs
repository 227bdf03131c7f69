using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles UpdateTable.</summary>
internal static class UpdateTable
{
    internal static async Task<UpdateTableResponse> HandleAsync(
        OperationContext context, UpdateTableRequest request, CancellationToken cancellationToken)
    {
        UpdateTableRules.Check(request);
        var updated = await CatalogTransaction.ChangeAsync(
            context,
            request.TableName,
            () => CatalogTransaction.TableNotFound(request.TableName),
            table => Apply(table, request, context.Runtime.Clock.UtcNow),
            cancellationToken);
        var described = await TableSizes.DescribeAsync(context, updated, cancellationToken);
        return new()
        {
            TableDescription = request.IsOnlyOfDemand ? described : described with { TableStatus = TableStatus.UPDATING },
        };
    }

    private static void Apply(Table table, UpdateTableRequest request, DateTimeOffset now)
    {
        GlobalIndexChanges.Check(table, request);
        ThroughputChange.Apply(table, request, now);
        GlobalIndexChanges.Apply(table, request, now);
        StreamRules.Apply(table, request.StreamSpecification, now);
        table.DeletionProtectionEnabled = request.DeletionProtectionEnabled ?? table.DeletionProtectionEnabled;
        if (request.TableClass is { } chosen)
        {
            (table.TableClass, table.TableClassChangedAt) = (chosen, now);
        }
    }
}
