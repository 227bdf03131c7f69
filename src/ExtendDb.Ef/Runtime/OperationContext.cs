using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Runtime;

/// <summary>Where an operation runs.</summary>
/// <param name="DbContext">The context whose connection and transaction it uses.</param>
/// <param name="Runtime">The runtime of its database.</param>
internal sealed record OperationContext(DbContext DbContext, ExtendDbRuntime Runtime)
{
    /// <summary>Returns a table that can be used.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table, or it is being deleted.</exception>
    public ValueTask<TableDefinition> TableAsync(string name, CancellationToken cancellationToken) =>
        Runtime.Definitions.GetTableAsync(DbContext, name, cancellationToken);

    /// <summary>Returns a table that can be used, as new as an index of it that can be read needs it.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table, or it is being deleted.</exception>
    /// <remarks>An index that is not known, or not as ACTIVE, may have become so this second.</remarks>
    public async ValueTask<TableDefinition> TableAsync(string name, string? index, CancellationToken cancellationToken)
    {
        var table = await TableAsync(name, cancellationToken);
        if (index is null || table.Indexes.Any(i => i.Name == index && i.Status == IndexStatus.ACTIVE))
        {
            return table;
        }

        Runtime.Definitions.ForgetUnlessNew();
        return await TableAsync(name, cancellationToken);
    }
}
