using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Updates tables.</summary>
internal static class UpdateTable
{
    /// <summary>Changes the capacity, the protection or the class of a table, or its global indexes.</summary>
    /// <param name="request">The changes.</param>
    /// <param name="cancellationToken">Gives up; the changes are then made or not, never half.</param>
    /// <returns>
    /// The table after the change, UPDATING. It can be used all the time. An index that is created is CREATING, and gets
    /// what is written from now on; a worker fills it and makes it ACTIVE. One that is removed is DELETING until a worker
    /// has done it.
    /// </returns>
    /// <exception cref="ValidationException">A change breaks a rule, or there is none; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table, or no such index.</exception>
    /// <exception cref="ResourceInUseException">The table is being deleted, or an index is in the way of the change.</exception>
    /// <exception cref="LimitExceededException">
    /// More than one index would be created or deleted at once, or the table would have more than 20 global indexes.
    /// </exception>
    /// <remarks>
    /// Always a transaction of its own, also on a context that holds one. Other processes know the change within their
    /// CatalogPollInterval. Source: DynamoDB API, UpdateTable.
    /// </remarks>
    internal static async Task<TableDescription> HandleAsync(
        OperationContext context, UpdateTableRequest request, CancellationToken cancellationToken)
    {
        UpdateTableRules.Check(request);
        var updated = await CatalogTransaction.RunAsync(
            context,
            request.TableName,
            () => CatalogTransaction.TableNotFound(request.TableName),
            table => Apply(table, request, context.Runtime.Clock.UtcNow),
            cancellationToken);
        return (await TableSizes.DescribeAsync(context, updated, cancellationToken)) with
        {
            TableStatus = TableStatus.UPDATING,
        };
    }

    private static void Apply(Table table, UpdateTableRequest request, DateTimeOffset now)
    {
        CatalogTransaction.CheckNotDeleting(table);
        GlobalIndexChanges.Check(table, request);
        ThroughputChange.Apply(table, request, now);
        GlobalIndexChanges.Apply(table, request, now);
        table.DeletionProtectionEnabled = request.DeletionProtectionEnabled ?? table.DeletionProtectionEnabled;
        if (request.TableClass is { } chosen)
        {
            (table.TableClass, table.TableClassChangedAt) = (chosen, now);
        }
    }
}
