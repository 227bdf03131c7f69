using ExtendDb.Ef.Errors;

namespace ExtendDb.Ef.Catalog;

/// <summary>Tags to be taken from a table.</summary>
/// <param name="ResourceArn">The ARN of the table.</param>
/// <param name="TagKeys">Their keys, 1 to 50; those that the table does not have are no error.</param>
public sealed record UntagResourceRequest(string ResourceArn, IReadOnlyList<string> TagKeys);

/// <summary>Takes tags from tables.</summary>
internal static class UntagResource
{
    /// <summary>Takes tags from a table.</summary>
    /// <param name="at">Where.</param>
    /// <param name="request">The table and the keys of the tags.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when ListTagsOfResource does not list them any more.</returns>
    /// <exception cref="ValidationException">The ARN is not that of a table, or a key is not that of a tag.</exception>
    /// <exception cref="ResourceNotFoundException">There is no such table.</exception>
    /// <remarks>Always a transaction of its own. Source: DynamoDB API, UntagResource.</remarks>
    internal static Task HandleAsync(
        OperationContext at, UntagResourceRequest request, CancellationToken cancellationToken)
    {
        var name = TableArn.Parse(request.ResourceArn);
        new RequestShape().Required(request.TagKeys, "tagKeys").ThrowIfBroken();
        if (request.TagKeys.Count == 0)
        {
            throw new ValidationException("Atleast one Tag Key needs to be provided as Input.");
        }

        foreach (var key in request.TagKeys)
        {
            TagRules.CheckKey(key);
        }

        TagRules.CheckCount(request.TagKeys.Count);
        return CatalogChange.RunAsync(
            at,
            name,
            () => TaggedTable.NotFound(request.ResourceArn),
            table => table.Tags = [.. table.Tags.Where(tag => !request.TagKeys.Contains(tag.Key))],
            cancellationToken);
    }
}
