using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>Finds the table that an option names.</summary>
internal static class NamedTable
{
    /// <exception cref="ResourceNotFoundException">There is no such table; the message names it, as DynamoDB's does not.</exception>
    public static async Task<TableDefinition> FindAsync(ExtendDbRuntime runtime, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await runtime.Definitions.GetTableAsync(name, cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            throw new ResourceNotFoundException($"Requested resource not found: Table: {name} not found");
        }
    }
}
