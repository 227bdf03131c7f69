using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles ListTagsOfResource.</summary>
internal static class ListTagsOfResource
{
    internal static async Task<ListTagsOfResourceResponse> HandleAsync(
        OperationContext context, ListTagsOfResourceRequest request, CancellationToken cancellationToken)
    {
        var name = TableArn.Parse(request.ResourceArn);
        var table = await TableReader.FindAsync(context, name, cancellationToken)
            ?? throw TableArn.NotFound(request.ResourceArn);
        return new() { Tags = table.Tags };
    }
}
