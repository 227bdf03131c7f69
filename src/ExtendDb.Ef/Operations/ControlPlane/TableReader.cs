using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Reads the present definition of a table from the database.</summary>
internal static class TableReader
{
    /// <summary>Reads the rows of a table and its indexes in one snapshot; null when there is no such table.</summary>
    /// <remarks>The definitions in memory may be a second old, and lack what only descriptions contain.</remarks>
    public static async Task<Table?> FindAsync(
        OperationContext context, string nameOrArn, CancellationToken cancellationToken)
    {
        // The first read of the definitions checks the schema version.
        await context.Runtime.Definitions.GetAsync(context.DbContext, cancellationToken);
        await using var connection = await OperationConnection.OpenToReadAsync(context, cancellationToken);
        using var outside = context.Runtime.Connections.AreApart ? DatabaseConnections.OutsideAmbientTransaction() : null;
        await using var catalog = connection.CreateContext();
        return await FindAsync(catalog.Tables.AsNoTracking(), nameOrArn, cancellationToken);
    }

    /// <summary>Reads the rows of a table and its indexes; null when there is no such table.</summary>
    public static Task<Table?> FindAsync(IQueryable<Table> tables, string nameOrArn, CancellationToken cancellationToken)
    {
        var name = TableArn.NameOf(nameOrArn);
        return tables.Include(t => t.SecondaryIndexes).SingleOrDefaultAsync(t => t.Name == name, cancellationToken);
    }
}
