using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Entities;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles CreateTable.</summary>
internal static class CreateTable
{
    internal static async Task<CreateTableResponse> HandleAsync(
        OperationContext context, CreateTableRequest request, CancellationToken cancellationToken)
    {
        CreateTableRules.Check(request);
        // The first read of the definitions checks the schema version, before anything is written.
        await context.Runtime.Definitions.GetAsync(context.DbContext, cancellationToken);
        await using var connection = await OperationConnection.OpenOutsideAsync(context, cancellationToken);
        using var outside = DatabaseConnections.OutsideAmbientTransaction();
        await using var catalog = connection.CreateContext();
        await using var transaction = await catalog.Database.BeginTransactionAsync(cancellationToken);
        var now = context.Runtime.Clock.UtcNow;
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
            throw new ResourceInUseException($"Table already exists: {table.Name}");
        }

        if (table.StreamViewType is not null)
        {
            await TableStream.AddAsync(connection.Connection, table, now, cancellationToken);
        }

        await CatalogTransaction.BumpAsync(catalog, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.Runtime.Definitions.Forget();
        var created = TableDescription.Of(table, context.Runtime.Options, now);
        return new()
        {
            TableDescription = created with
            {
                TableStatus = TableStatus.CREATING,
                GlobalSecondaryIndexes =
                    [.. created.GlobalSecondaryIndexes.Select(i => i with { IndexStatus = IndexStatus.CREATING })],
            },
        };
    }

    private static Table NewTable(CreateTableRequest request, DateTimeOffset now)
    {
        var table = new Table
        {
            Name = TableArn.NameOf(request.TableName),
            TableId = Guid.NewGuid(),
            KeySchema = [.. request.KeySchema],
            AttributeDefinitions = [.. request.AttributeDefinitions],
            DeletionProtectionEnabled = request.DeletionProtectionEnabled,
            CreatedAt = now,
            BillingMode = request.BillingModeOrDefault,
            Throughput = StoredThroughput.Of(request.ProvisionedThroughput, request.OnDemandThroughput, request.WarmThroughput),
            TableClass = request.TableClass,
            Tags = TagOrder.InOrder(request.Tags ?? []),
        };
        if (request.StreamSpecification?.StreamViewType is { } viewType)
        {
            // Nobody writes to the table yet, so the stream need not wait for writers.
            table.EnableStream(viewType, StreamStatus.ENABLED, now);
        }

        foreach (var index in request.GlobalSecondaryIndexes)
        {
            table.SecondaryIndexes.Add(SecondaryIndexFactory.Of(index, IndexStatus.ACTIVE));
        }

        foreach (var index in request.LocalSecondaryIndexes)
        {
            table.SecondaryIndexes.Add(SecondaryIndexFactory.Of(index));
        }

        return table;
    }
}
