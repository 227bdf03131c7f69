using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles TagResource.</summary>
internal static class TagResource
{
    /// <summary>Adds tags to a table; a tag with the key of a present one replaces it.</summary>
    /// <param name="request">The ARN of the table and the tags.</param>
    /// <returns>A task that ends when ListTagsOfResource lists the tags.</returns>
    /// <exception cref="ValidationException">
    /// The ARN is not that of a table, a tag breaks a rule, or the table would have more than 50 tags.
    /// </exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Runs in a transaction of its own. Source: DynamoDB API, TagResource.</remarks>
    internal static Task HandleAsync(OperationContext context, TagResourceRequest request, CancellationToken cancellationToken)
    {
        var name = TableArn.Parse(request.ResourceArn);
        new RequestValidator().Required(request.Tags, "tags").ThrowIfBroken();
        if (request.Tags.Count == 0)
        {
            throw new ValidationException("Atleast one Tag needs to be provided as Input.");
        }

        TagRules.Check(request.Tags);
        return CatalogTransaction.RunAsync(
            context,
            name,
            () => TagOrder.NotFound(request.ResourceArn),
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
    }
}
