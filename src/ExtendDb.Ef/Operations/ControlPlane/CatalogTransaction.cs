using System.Data;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Changes existing definitions one after the other, each in a transaction of its own.</summary>
internal static class CatalogTransaction
{
    /// <summary>Changes the definition of a table; indexes that become DELETING are removed.</summary>
    /// <param name="nameOrArn">The name of the table, or its ARN.</param>
    /// <param name="missing">Creates the exception for a table that does not exist.</param>
    /// <param name="change">Changes the rows of the table and its indexes; an exception rolls everything back.</param>
    /// <returns>The changed rows with those of removed indexes, not tracked by a context.</returns>
    public static Task<Table> ChangeAsync(
        OperationContext context,
        string nameOrArn,
        Func<DynamoDbException> missing,
        Action<Table> change,
        CancellationToken cancellationToken) =>
        RunAsync(context, nameOrArn, missing, change, isRemoval: false, cancellationToken);

    /// <summary>Removes the definition of a table and its indexes; their rows are deleted later.</summary>
    /// <param name="nameOrArn">The name of the table, or its ARN.</param>
    /// <param name="missing">Creates the exception for a table that does not exist.</param>
    /// <param name="check">Refuses the removal by an exception.</param>
    /// <returns>The removed rows.</returns>
    public static Task<Table> RemoveAsync(
        OperationContext context,
        string nameOrArn,
        Func<DynamoDbException> missing,
        Action<Table> check,
        CancellationToken cancellationToken) =>
        RunAsync(context, nameOrArn, missing, check, isRemoval: true, cancellationToken);

    /// <summary>Changes one definition by one statement, unless another process was first.</summary>
    /// <param name="connection">A connection without a transaction.</param>
    /// <param name="change">A statement that changes one row, or none when another process was first.</param>
    /// <returns>Whether a row was changed; otherwise the version of the definitions is unchanged.</returns>
    public static async Task<bool> TryAsync(
        ExtendDbRuntime runtime, NpgsqlConnection connection, NpgsqlBatchCommand change, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.DefinitionChangeBegin),
                Bump(),
                change,
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        var isChanged = change.RecordsAffected > 0;
        if (isChanged)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        runtime.Definitions.Forget();
        return isChanged;
    }

    /// <summary>Creates the exception for a table that does not exist, with the message of most operations.</summary>
    public static ResourceNotFoundException TableNotFound(string nameOrArn) =>
        new($"Requested resource not found: Table: {TableArn.NameOf(nameOrArn)} not found");

    /// <summary>Creates the exception for a table or an index that cannot be changed at the moment.</summary>
    public static ResourceInUseException InUse(string what) =>
        new("Attempt to change a resource which is still in use: " + what);

    /// <summary>Changes the version of the definitions in the transaction of a context.</summary>
    public static async Task BumpAsync(DbContext catalog, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch((NpgsqlConnection)catalog.Database.GetDbConnection()) { BatchCommands = { Bump() } };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Bump() => new(Statements.CatalogStateBump)
    {
        Parameters = { new() { Value = Random.Shared.NextInt64(1, 1_000_001) } },
    };

    private static async Task<Table> RunAsync(
        OperationContext context,
        string nameOrArn,
        Func<DynamoDbException> missing,
        Action<Table> change,
        bool isRemoval,
        CancellationToken cancellationToken)
    {
        // The first read of the definitions checks the schema version, before anything is written.
        await context.Runtime.Definitions.GetAsync(context.DbContext, cancellationToken);
        await using var connection = await OperationConnection.OpenOutsideAsync(context, cancellationToken);
        using var outside = DatabaseConnections.OutsideAmbientTransaction();
        await using var catalog = connection.CreateContext();
        await using var transaction =
            await catalog.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        // The lock on the row of the version puts changes of definitions in order.
        await catalog.Database.ExecuteSqlRawAsync(Statements.DefinitionChangeBegin, cancellationToken);
        await BumpAsync(catalog, cancellationToken);
        var table = await TableReader.FindAsync(catalog.Tables, nameOrArn, cancellationToken) ?? throw missing();
        var stream = table.StreamId;
        change(table);
        var removed = table.SecondaryIndexes.Where(index => isRemoval || index.Status == IndexStatus.DELETING).ToList();
        if (isRemoval)
        {
            catalog.Remove(table);
        }
        else
        {
            table.RemoveIndexes(removed);
            if ((stream is null) != (table.StreamViewType is null)
                || catalog.ChangeTracker.Entries<SecondaryIndex>().Any(index => index.State != EntityState.Unchanged))
            {
                table.ChangeVersion();
            }
        }

        await catalog.SaveChangesAsync(cancellationToken);
        await KeepAsync(catalog, isRemoval ? table : null, removed, cancellationToken);
        await FollowStreamAsync(context.Runtime.Clock.UtcNow, catalog, isRemoval ? null : table, stream, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.Runtime.Definitions.Forget();

        // The context has taken the removed ones away, and the answer of a change shows them.
        foreach (var index in isRemoval ? [] : removed.Where(index => !table.SecondaryIndexes.Contains(index)))
        {
            table.SecondaryIndexes.Add(index);
        }

        return table;
    }

    // A worker finds the rows by their ids, which nothing else knows any more.
    private static async Task KeepAsync(
        DbContext catalog, Table? table, List<SecondaryIndex> indexes, CancellationToken cancellationToken)
    {
        var removed = indexes.ConvertAll(index => (Kind: "INDEX", index.Id, index.Name));
        if (table is not null)
        {
            removed.Add(("TABLE", table.Id, table.Name));
        }

        if (removed.Count > 0)
        {
            await using var add = new NpgsqlCommand(
                Statements.RemovedDefinitionsAdd, (NpgsqlConnection)catalog.Database.GetDbConnection())
            {
                Parameters =
                {
                    new() { Value = removed.ConvertAll(each => each.Kind) },
                    new() { Value = removed.ConvertAll(each => each.Id) },
                    new() { Value = removed.ConvertAll(each => each.Name) },
                },
            };
            await add.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Adds the row of a new stream, or lets the stream end that the table had.</summary>
    /// <param name="table">The table after the change; null when it is removed.</param>
    /// <param name="before">The stream before the change; null when there was none.</param>
    private static async Task FollowStreamAsync(
        DateTimeOffset now, DbContext catalog, Table? table, int? before, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)catalog.Database.GetDbConnection();
        if (before is null && table?.StreamViewType is not null)
        {
            await TableStream.AddAsync(connection, table, now, cancellationToken);
        }
        else if (before is { } stream && table?.StreamId is null)
        {
            await TableStream.CloseAsync(connection, stream, now, cancellationToken);
        }
    }
}
