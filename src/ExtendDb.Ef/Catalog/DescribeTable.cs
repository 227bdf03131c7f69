using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>Describes tables.</summary>
internal static class DescribeTable
{
    /// <summary>Describes a table and its indexes.</summary>
    /// <param name="at">Where.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The table as it is now; one that is DELETING is described until it is gone.</returns>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Strongly consistent: the version of the definitions is asked for. Source: DynamoDB API, DescribeTable.</remarks>
    internal static async Task<TableDescription> HandleAsync(
        OperationContext at, string tableName, CancellationToken cancellationToken)
    {
        new RequestShape().TableName(tableName).ThrowIfBroken();
        at.Database.Definitions.Forget();
        var definitions = await at.Database.Definitions.GetAsync(cancellationToken);
        return TableDescription.Of(definitions.Find(tableName)
            ?? throw new ResourceNotFoundException($"Requested resource not found: Table: {tableName} not found"));
    }
}
