using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles DescribeContinuousBackups.</summary>
internal static class DescribeContinuousBackups
{
    internal static async Task<DescribeContinuousBackupsResponse> HandleAsync(
        OperationContext context, DescribeContinuousBackupsRequest request, CancellationToken cancellationToken)
    {
        new RequestValidator().TableName(request.TableName).ThrowIfBroken();
        _ = await TableReader.FindAsync(context, request.TableName, cancellationToken)
            ?? throw new TableNotFoundException(TableArn.NameOf(request.TableName));
        return new()
        {
            ContinuousBackupsDescription = new(ContinuousBackupsStatus.DISABLED, new(ContinuousBackupsStatus.DISABLED)),
        };
    }
}
