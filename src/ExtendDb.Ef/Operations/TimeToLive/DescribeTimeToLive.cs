using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.TimeToLive;

/// <summary>Handles DescribeTimeToLive.</summary>
internal static class DescribeTimeToLive
{
    internal static async Task<DescribeTimeToLiveResponse> HandleAsync(
        OperationContext context, DescribeTimeToLiveRequest request, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(request.TableName).ThrowIfBroken();
        var table = await TableReader.FindAsync(context, request.TableName, cancellationToken)
            ?? throw CatalogTransaction.TableNotFound(request.TableName);
        return new()
        {
            TimeToLiveDescription = table.TtlAttribute is { } attribute
                ? new(TimeToLiveStatus.ENABLED, NulEscaping.Stored.Decode(attribute))
                : new(TimeToLiveStatus.DISABLED, AttributeName: null),
        };
    }
}
