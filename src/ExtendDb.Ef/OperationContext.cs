using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef;

/// <summary>Where an operation runs.</summary>
/// <param name="Context">The context whose connection and transaction it uses.</param>
/// <param name="Database">What this process knows of its database.</param>
internal sealed record OperationContext(DbContext Context, LocalDatabase Database)
{
    /// <summary>Returns a table that can be used.</summary>
    /// <exception cref="ValidationException">The name is not one that a table can have.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table, or it is being deleted.</exception>
    public async Task<TableDefinition> TableAsync(string name, CancellationToken cancellationToken)
    {
        TableName.Check(name);
        return await Database.Definitions.GetTableAsync(name, cancellationToken);
    }
}
