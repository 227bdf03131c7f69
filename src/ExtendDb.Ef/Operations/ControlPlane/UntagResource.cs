using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles UntagResource.</summary>
internal static class UntagResource
{
    internal static async Task<UntagResourceResponse> HandleAsync(
        OperationContext context, UntagResourceRequest request, CancellationToken cancellationToken)
    {
        var name = TableArn.Parse(request.ResourceArn);
        new RequestValidator().Required(request.TagKeys, "tagKeys").ThrowIfBroken();
        if (request.TagKeys.Count == 0)
        {
            throw new ValidationException("Atleast one Tag Key needs to be provided as Input.");
        }

        foreach (var key in request.TagKeys)
        {
            TagRules.CheckKey(key);
        }

        TagRules.CheckCount(request.TagKeys.Count);
        await CatalogTransaction.ChangeAsync(
            context,
            name,
            () => TableArn.NotFound(request.ResourceArn),
            table => table.Tags = [.. table.Tags.Where(tag => !request.TagKeys.Contains(tag.Key))],
            cancellationToken);
        return new();
    }
}
