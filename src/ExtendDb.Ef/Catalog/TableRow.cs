using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Catalog;

/// <summary>Reads the definition of a table as it is in the database at this moment.</summary>
internal static class TableRow
{
    /// <summary>Finds the rows of a table and its indexes, in one snapshot; null when there is no such table.</summary>
    /// <remarks>What is known of definitions may be a second old, and does not hold what only descriptions say.</remarks>
    public static async Task<Table?> FindAsync(
        OperationContext at, string tableName, CancellationToken cancellationToken)
    {
        // The first look at the definitions checks the schema version.
        await at.Runtime.Definitions.GetAsync(at.Context, cancellationToken);
        await using var connection = await OperationConnection.OpenToReadAsync(at, cancellationToken);
        using var outside = at.Runtime.Connections.AreApart ? DatabaseConnections.OutsideAmbientTransaction() : null;
        await using var catalog = connection.CreateContext();
        return await catalog.Tables.AsNoTracking().Include(t => t.SecondaryIndexes)
            .SingleOrDefaultAsync(t => t.Name == tableName, cancellationToken);
    }
}
