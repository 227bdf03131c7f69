using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
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
    public IReadOnlyList<GlobalSecondaryIndex> GlobalSecondaryIndexes { get; init; } = [];

    /// <summary>Gets the local indexes; at most 5, and only with a RANGE key.</summary>
    public IReadOnlyList<LocalSecondaryIndex> LocalSecondaryIndexes { get; init; } = [];

    /// <summary>Gets whether DeleteTable is refused.</summary>
    public bool DeletionProtectionEnabled { get; init; }
}

/// <summary>Creates tables.</summary>
internal static class CreateTable
{
    /// <summary>Creates a table with its indexes.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The table, which is ACTIVE at once: there is nothing to fill yet.</returns>
    /// <exception cref="ValidationException">The definition breaks a rule; the message names it.</exception>
    /// <exception cref="ResourceInUseException">A table of that name exists.</exception>
    /// <remarks>Always a transaction of its own, also on a context that holds one. Source: DynamoDB API, CreateTable.</remarks>
    internal static async Task<TableDescription> HandleAsync(
        OperationContext at, CreateTableRequest request, CancellationToken cancellationToken)
    {
        CreateTableRules.Check(request);
        // The first look at the definitions checks the schema version, before anything is written.
        await at.Database.Definitions.GetAsync(cancellationToken);
        using var outside = LocalDatabase.OutsideAmbientTransaction();
        await using var context = at.Database.CreateContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        context.Tables.Add(NewTable(request));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException taken) when (taken.InnerException is PostgresException
        {
            SqlState: PostgresErrorCodes.UniqueViolation,
        })
        {
            throw new ResourceInUseException($"Table already exists: {request.TableName}");
        }

        await context.Database.ExecuteSqlRawAsync(Statements.CatalogStateBump, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        at.Database.Definitions.Forget();
        return TableDescription.Of(await at.TableAsync(request.TableName, cancellationToken));
    }

    private static Table NewTable(CreateTableRequest request)
    {
        var table = new Table
        {
            Name = request.TableName,
            TableId = Guid.NewGuid(),
            Status = TableStatus.ACTIVE,
            KeySchema = HashFirst(request.KeySchema),
            AttributeDefinitions = request.AttributeDefinitions,
            DeletionProtectionEnabled = request.DeletionProtectionEnabled,
            CreatedAt = DateTimeOffset.UtcNow,
        };
        foreach (var index in request.GlobalSecondaryIndexes)
        {
            table.SecondaryIndexes.Add(NewIndex(
                index.IndexName, IndexKind.GLOBAL, index.KeySchema, index.Projection, index.PropagationDelay));
        }

        foreach (var index in request.LocalSecondaryIndexes)
        {
            table.SecondaryIndexes.Add(NewIndex(
                index.IndexName, IndexKind.LOCAL, index.KeySchema, index.Projection, delay: null));
        }

        return table;
    }

    private static SecondaryIndex NewIndex(
        string name, IndexKind kind, IReadOnlyList<KeySchemaElement> key, Projection projection, TimeSpan? delay) => new()
        {
            Name = name,
            Kind = kind,
            KeySchema = HashFirst(key),
            ProjectionType = projection.ProjectionType,
            NonKeyAttributes = [.. projection.NonKeyAttributes],
            Status = IndexStatus.ACTIVE,
            PropagationDelayMs = (int?)delay?.TotalMilliseconds,
        };

    private static List<KeySchemaElement> HashFirst(IReadOnlyList<KeySchemaElement> key) =>
        [.. key.OrderBy(e => e.KeyType)];
}
