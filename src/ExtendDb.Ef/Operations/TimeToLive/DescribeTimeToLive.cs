using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.TimeToLive;

/// <summary>Handles DescribeTimeToLive.</summary>
internal static class DescribeTimeToLive
{
    /// <summary>Returns whether, and by which attribute, the items of a table expire.</summary>
    /// <returns>ENABLED with the attribute, or DISABLED.</returns>
    /// <exception cref="ValidationException">The name is not a valid table name.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Strongly consistent. Source: DynamoDB API, DescribeTimeToLive.</remarks>
    internal static async Task<TimeToLiveDescription> HandleAsync(
        OperationContext context, string tableName, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(tableName).ThrowIfBroken();
        var table = await TableReader.FindAsync(context, tableName, cancellationToken)
            ?? throw CatalogTransaction.TableNotFound(tableName);
        return table.TtlAttribute is { } attribute
            ? new(TimeToLiveStatus.ENABLED, NulEscaping.Stored.Decode(attribute))
            : new(TimeToLiveStatus.DISABLED, AttributeName: null);
    }
}
