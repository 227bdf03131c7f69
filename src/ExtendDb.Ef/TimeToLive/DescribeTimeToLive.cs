using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.TimeToLive;

/// <summary>Describes how items expire.</summary>
internal static class DescribeTimeToLive
{
    /// <summary>Says whether, and by which attribute, the items of a table expire.</summary>
    /// <param name="at">Where.</param>
    /// <param name="tableName">The table.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>ENABLED with the attribute, or DISABLED.</returns>
    /// <exception cref="ValidationException">The name cannot be that of a table.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Strongly consistent. Source: DynamoDB API, DescribeTimeToLive.</remarks>
    internal static async Task<TimeToLiveDescription> HandleAsync(
        OperationContext at, string tableName, CancellationToken cancellationToken)
    {
        new RequestShape().TableName(tableName).ThrowIfBroken();
        var table = await TableRow.FindAsync(at, tableName, cancellationToken)
            ?? throw CatalogChange.TableNotFound(tableName);
        return table.TtlAttribute is { } attribute
            ? new(TimeToLiveStatus.ENABLED, StringForm.Stored.Decode(attribute))
            : new(TimeToLiveStatus.DISABLED, AttributeName: null);
    }
}
