using ExtendDb.Ef.Model;
using Microsoft.EntityFrameworkCore;

namespace ExtendDb.Ef.Runtime;

/// <summary>The context and the runtime of an operation.</summary>
/// <param name="DbContext">The context whose connection and transaction the operation uses.</param>
/// <param name="Runtime">The runtime of the context's database.</param>
internal sealed record OperationContext(DbContext DbContext, ExtendDbRuntime Runtime)
{
    /// <summary>Returns a table by its name.</summary>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    public ValueTask<TableDefinition> TableAsync(string name, CancellationToken cancellationToken) =>
        Runtime.Definitions.GetTableAsync(DbContext, name, cancellationToken);

    /// <summary>
    /// Returns a table by its name, read again when a requested index is not known as ACTIVE.
    /// </summary>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>An index that is unknown, or not known as ACTIVE, may have just become so.</remarks>
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
