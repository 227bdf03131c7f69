using System.Data;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>The way of every change of a definition that exists: one after the other, in a transaction of its own.</summary>
internal static class CatalogTransaction
{
    /// <summary>Changes the definition of a table.</summary>
    /// <param name="context">Where; not in a transaction that its catalog or its caller holds.</param>
    /// <param name="missing">Makes the error of a table that is not there.</param>
    /// <param name="change">Changes the rows of the table and its indexes; what it throws undoes everything.</param>
    /// <returns>The rows as they are now, tracked by nothing any more.</returns>
    public static async Task<Table> RunAsync(
        OperationContext context,
        string tableName,
        Func<DynamoDbException> missing,
        Action<Table> change,
        CancellationToken cancellationToken)
    {
        // The first look at the definitions checks the schema version, before anything is written.
        await context.Runtime.Definitions.GetAsync(context.DbContext, cancellationToken);
        await using var connection = await OperationConnection.OpenOutsideAsync(context, cancellationToken);
        using var outside = DatabaseConnections.OutsideAmbientTransaction();
        await using var catalog = connection.CreateContext();
        await using var transaction =
            await catalog.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);

        // Changes of definitions go one after the other: the row of the version is their lock.
        await catalog.Database.ExecuteSqlRawAsync(Statements.DefinitionChangeBegin, cancellationToken);
        await catalog.Database.ExecuteSqlRawAsync(Statements.CatalogStateBump, cancellationToken);
        var table = await catalog.Tables.Include(t => t.SecondaryIndexes)
            .SingleOrDefaultAsync(t => t.Name == tableName, cancellationToken) ?? throw missing();
        change(table);
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.Runtime.Definitions.Forget();
        return table;
    }

    /// <summary>Changes one definition by one statement, unless another process was first.</summary>
    /// <param name="connection">Where; not in a transaction.</param>
    /// <param name="change">Changes a row, or none when there is nothing to change any more.</param>
    /// <returns>Whether it has changed one; otherwise the version is as it was.</returns>
    public static async Task<bool> TryAsync(
        ExtendDbRuntime runtime, NpgsqlConnection connection, NpgsqlBatchCommand change, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(Statements.DefinitionChangeBegin),
                new NpgsqlBatchCommand(Statements.CatalogStateBump),
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

    /// <summary>The error of a table that is not there, in the words of most operations.</summary>
    public static ResourceNotFoundException TableNotFound(string tableName) =>
        new($"Requested resource not found: Table: {tableName} not found");

    /// <summary>Refuses to change a table that is being deleted.</summary>
    /// <exception cref="ResourceInUseException">The table is being deleted.</exception>
    public static void CheckNotDeleting(Table table)
    {
        if (table.Status == TableStatus.DELETING)
        {
            throw InUse($"Table is being deleted: {table.Name}");
        }
    }

    /// <summary>The error of something that cannot be changed at the moment.</summary>
    public static ResourceInUseException InUse(string what) =>
        new("Attempt to change a resource which is still in use: " + what);
}
