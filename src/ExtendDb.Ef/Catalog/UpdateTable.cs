using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>Changes of a table.</summary>
/// <param name="TableName">The table.</param>
/// <remarks>Capacity, billing mode and changes of indexes can come together; every other change comes alone.</remarks>
public sealed record UpdateTableRequest(string TableName)
{
    /// <summary>Gets the types of the attributes in the key of an index that is created; others count for nothing.</summary>
    public IReadOnlyList<AttributeDefinition>? AttributeDefinitions { get; init; }

    /// <summary>Gets how capacity is to be paid for; null leaves it.</summary>
    public BillingMode? BillingMode { get; init; }

    /// <summary>Gets the capacity of a PROVISIONED table; null leaves it.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets whether DeleteTable is to be refused; null leaves it.</summary>
    public bool? DeletionProtectionEnabled { get; init; }

    /// <summary>Gets the changes of global indexes, one an index; null for none.</summary>
    public IReadOnlyList<GlobalSecondaryIndexUpdate>? GlobalSecondaryIndexUpdates { get; init; }

    /// <summary>Gets the class; null leaves it.</summary>
    public TableClass? TableClass { get; init; }

    /// <summary>Gets whether the table is to have a stream, which is refused; null for nothing.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Gets how the table is to be encrypted, which has no effect; null for nothing.</summary>
    public SSESpecification? SSESpecification { get; init; }
}

/// <summary>Updates tables.</summary>
internal static class UpdateTable
{
    /// <summary>Changes the capacity, the protection or the class of a table, or its global indexes.</summary>
    /// <param name="at">Where.</param>
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
        OperationContext at, UpdateTableRequest request, CancellationToken cancellationToken)
    {
        UpdateTableRules.Check(request);
        var updated = await CatalogChange.RunAsync(
            at,
            request.TableName,
            () => CatalogChange.TableNotFound(request.TableName),
            table => Apply(table, request, at.Runtime.Clock.UtcNow),
            cancellationToken);
        return (await TableSizes.DescribeAsync(at, updated, cancellationToken)) with
        {
            TableStatus = TableStatus.UPDATING,
        };
    }

    private static void Apply(Table table, UpdateTableRequest request, DateTimeOffset now)
    {
        CatalogChange.CheckNotDeleting(table);
        IndexUpdates.Check(table, request);
        ThroughputUpdate.Apply(table, request, now);
        IndexUpdates.Apply(table, request, now);
        table.DeletionProtectionEnabled = request.DeletionProtectionEnabled ?? table.DeletionProtectionEnabled;
        if (request.TableClass is { } chosen)
        {
            (table.TableClass, table.TableClassChangedAt) = (chosen, now);
        }
    }
}
