using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles UpdateTable.</summary>
internal static class UpdateTable
{
    /// <summary>Changes the capacity, the deletion protection or the class of a table, or its global indexes.</summary>
    /// <param name="request">The changes.</param>
    /// <param name="cancellationToken">Cancels the operation; the changes are then made completely or not at all.</param>
    /// <returns>
    /// The table after the change, with the state UPDATING. The table can be used all the time. A new index is
    /// CREATING, and gets all later writes; a worker fills it and makes it ACTIVE. An index to be removed is DELETING
    /// until a worker has removed it.
    /// </returns>
    /// <exception cref="ValidationException">A change breaks a rule, or there is none; the message names it.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table, or no such index.</exception>
    /// <exception cref="ResourceInUseException">The table is being deleted, or an index prevents the change.</exception>
    /// <exception cref="LimitExceededException">
    /// More than one index would be created or deleted at once, or the table would have more than 20 global indexes.
    /// </exception>
    /// <remarks>
    /// Runs in a transaction of its own, even when the context is in one. Other processes know the change within their
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
