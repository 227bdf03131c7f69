using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles TagResource.</summary>
internal static class TagResource
{
    internal static async Task<TagResourceResponse> HandleAsync(
        OperationContext context, TagResourceRequest request, CancellationToken cancellationToken)
    {
        var name = TableArn.Parse(request.ResourceArn);
        new RequestValidator().Required(request.Tags, "tags").ThrowIfBroken();
        if (request.Tags.Count == 0)
        {
            throw new ValidationException("Atleast one Tag needs to be provided as Input.");
        }

        TagRules.Check(request.Tags);
        await CatalogTransaction.ChangeAsync(
            context,
            name,
            () => TableArn.NotFound(request.ResourceArn),
            table =>
            {
                var tags = table.Tags.ToDictionary(tag => tag.Key, StringComparer.Ordinal);
                foreach (var tag in request.Tags)
                {
                    tags[tag.Key] = tag;
                }

                TagRules.CheckCount(tags.Count);
                table.Tags = TagOrder.InOrder(tags.Values);
            },
            cancellationToken);
        return new();
    }
}
