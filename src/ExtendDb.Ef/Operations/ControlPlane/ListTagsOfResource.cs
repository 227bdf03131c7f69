using System.Text;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Handles ListTagsOfResource.</summary>
internal static class ListTagsOfResource
{
    private const int PageSize = 10;

    internal static async Task<ListTagsOfResourceResponse> HandleAsync(
        OperationContext context, ListTagsOfResourceRequest request, CancellationToken cancellationToken)
    {
        var name = TableArn.Parse(request.ResourceArn);
        var last = request.NextToken is null ? null : KeyOf(request.NextToken);
        var table = await TableReader.FindAsync(context, name, cancellationToken)
            ?? throw TagOrder.NotFound(request.ResourceArn);

        // The page starts after a key, not at a position, because tags may come and go between two pages.
        var tags = table.Tags.SkipWhile(tag => last is not null && string.CompareOrdinal(tag.Key, last) <= 0)
            .Take(PageSize + 1).ToList();
        return tags.Count > PageSize
            ? new() { Tags = tags[..PageSize], NextToken = TokenOf(tags[PageSize - 1].Key) }
            : new() { Tags = tags, NextToken = null };
    }

    private static string TokenOf(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

    private static string KeyOf(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw new ValidationException($"Invalid Request: Provided nextToken is invalid: {token}");
        }
    }
}
