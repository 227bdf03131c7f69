using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles UntagResource.</summary>
internal static class UntagResource
{
    /// <summary>Removes tags from a table.</summary>
    /// <param name="request">The ARN of the table and the keys of the tags.</param>
    /// <returns>A task that ends when ListTagsOfResource no longer lists the tags.</returns>
    /// <exception cref="ValidationException">The ARN is not that of a table, or a key is not valid for a tag.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Runs in a transaction of its own. Source: DynamoDB API, UntagResource.</remarks>
    internal static Task HandleAsync(
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
        return CatalogTransaction.RunAsync(
            context,
            name,
            () => TagOrder.NotFound(request.ResourceArn),
            table => table.Tags = [.. table.Tags.Where(tag => !request.TagKeys.Contains(tag.Key))],
            cancellationToken);
    }
}
