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
    /// <summary>Changes the definition of a table.</summary>
    /// <param name="nameOrArn">The name of the table, or its ARN.</param>
    /// <param name="missing">Creates the exception for a table that does not exist.</param>
    /// <param name="change">Changes the rows of the table and its indexes; an exception rolls everything back.</param>
    /// <returns>The changed rows, not tracked by a context.</returns>
    public static async Task<Table> RunAsync(
        OperationContext context,
        string nameOrArn,
        Func<DynamoDbException> missing,
        Action<Table> change,
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
        await catalog.Database.ExecuteSqlRawAsync(Statements.CatalogStateBump, cancellationToken);
        var table = await TableReader.FindAsync(catalog.Tables, nameOrArn, cancellationToken) ?? throw missing();
        change(table);
        table.ChangeVersion();
        await catalog.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        context.Runtime.Definitions.Forget();
        return table;
    }

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

    /// <summary>Creates the exception for a table that does not exist, with the message of most operations.</summary>
    public static ResourceNotFoundException TableNotFound(string nameOrArn) =>
        new($"Requested resource not found: Table: {TableArn.NameOf(nameOrArn)} not found");

    /// <summary>Refuses a change of a table that is being deleted.</summary>
    /// <exception cref="ResourceInUseException">The table is being deleted.</exception>
    public static void CheckNotDeleting(Table table)
    {
        if (table.Status == TableStatus.DELETING)
        {
            throw InUse($"Table is being deleted: {table.Name}");
        }
    }

    /// <summary>Creates the exception for a table or an index that cannot be changed at the moment.</summary>
    public static ResourceInUseException InUse(string what) =>
        new("Attempt to change a resource which is still in use: " + what);
}
