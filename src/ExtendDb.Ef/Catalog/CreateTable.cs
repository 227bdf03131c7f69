using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Catalog;

/// <summary>A table to be created.</summary>
/// <param name="TableName">Its name, 3 to 255 of <c>a-z A-Z 0-9 _ . -</c>.</param>
/// <param name="KeySchema">Its primary key: HASH, and perhaps RANGE.</param>
/// <param name="AttributeDefinitions">The types of exactly the attributes that its key and its indexes' keys use.</param>
public sealed record CreateTableRequest(
    string TableName,
    IReadOnlyList<KeySchemaElement> KeySchema,
    IReadOnlyList<AttributeDefinition> AttributeDefinitions)
{
    /// <summary>Gets the global indexes; at most 20.</summary>
    /// <value>Null becomes empty.</value>
    public IReadOnlyList<GlobalSecondaryIndex> GlobalSecondaryIndexes { get; init => field = value ?? []; } = [];

    /// <summary>Gets the local indexes; at most 5, and only with a RANGE key.</summary>
    /// <value>Null becomes empty.</value>
    public IReadOnlyList<LocalSecondaryIndex> LocalSecondaryIndexes { get; init => field = value ?? []; } = [];

    /// <summary>Gets how capacity is paid for.</summary>
    /// <value>Null is PROVISIONED when a capacity is given, otherwise PAY_PER_REQUEST.</value>
    public BillingMode? BillingMode { get; init; }

    /// <summary>Gets the capacity of a PROVISIONED table; null for none.</summary>
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    /// <summary>Gets the tags, at most 50 of different keys; null for none.</summary>
    public IReadOnlyList<Tag>? Tags { get; init; }

    /// <summary>Gets the class; null for none.</summary>
    public TableClass? TableClass { get; init; }

    /// <summary>Gets whether the table has a stream, which is refused; null for no.</summary>
    public StreamSpecification? StreamSpecification { get; init; }

    /// <summary>Gets how the table is encrypted, which has no effect; null for nothing.</summary>
    public SSESpecification? SSESpecification { get; init; }

    /// <summary>Gets whether DeleteTable is refused.</summary>
    public bool DeletionProtectionEnabled { get; init; }

    internal BillingMode BillingModeOrDefault => BillingMode
        ?? (ProvisionedThroughput is null ? Catalog.BillingMode.PAY_PER_REQUEST : Catalog.BillingMode.PROVISIONED);
}

/// <summary>Creates tables.</summary>
internal static class CreateTable
{
    /// <summary>Creates a table with its indexes.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The table, CREATING as DynamoDB's, though it can be used at once: there is nothing to fill yet, and DescribeTable
    /// says ACTIVE.
    /// </returns>
    /// <exception cref="ValidationException">The definition breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceInUseException">A table of that name exists.</exception>
    /// <remarks>Always a transaction of its own, also on a catalog that holds one. Source: DynamoDB API, CreateTable.</remarks>
    internal static async Task<TableDescription> HandleAsync(
        OperationContext at, CreateTableRequest request, CancellationToken cancellationToken)
    {
        CreateTableRules.Check(request);
        // The first look at the definitions checks the schema version, before anything is written.
        await at.Runtime.Definitions.GetAsync(at.Context, cancellationToken);
        await using var connection = await OperationConnection.OpenOutsideAsync(at, cancellationToken);
        using var outside = DatabaseConnections.OutsideAmbientTransaction();
        await using var catalog = connection.CreateContext();
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var now = at.Runtime.Clock.UtcNow;
        var table = NewTable(request, now);
        catalog.Tables.Add(table);
        try
        {
            await catalog.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation,
        })
        {
            throw new ResourceInUseException($"Table already exists: {request.TableName}");
        }

        await catalog.Database.ExecuteSqlRawAsync(Statements.CatalogStateBump, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        at.Runtime.Definitions.Forget();
        var created = TableDescription.Of(table, at.Runtime.Options.DefaultPropagationDelay, now);
        return created with
        {
            TableStatus = TableStatus.CREATING,
            GlobalSecondaryIndexes =
                [.. created.GlobalSecondaryIndexes.Select(i => i with { IndexStatus = IndexStatus.CREATING })],
        };
    }

    private static Table NewTable(CreateTableRequest request, DateTimeOffset now)
    {
        var table = new Table
        {
            Name = request.TableName,
            TableId = Guid.NewGuid(),
            Status = TableStatus.ACTIVE,
            KeySchema = [.. request.KeySchema],
            AttributeDefinitions = [.. request.AttributeDefinitions],
            DeletionProtectionEnabled = request.DeletionProtectionEnabled,
            CreatedAt = now,
            BillingMode = request.BillingModeOrDefault,
            Throughput = StoredThroughput.Of(request.ProvisionedThroughput),
            TableClass = request.TableClass,
            Tags = TaggedTable.InOrder(request.Tags ?? []),
        };
        foreach (var index in request.GlobalSecondaryIndexes)
        {
            table.SecondaryIndexes.Add(NewIndex.Of(index, IndexStatus.ACTIVE));
        }

        foreach (var index in request.LocalSecondaryIndexes)
        {
            table.SecondaryIndexes.Add(NewIndex.Of(index));
        }

        return table;
    }
}
