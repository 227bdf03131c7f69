using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>What the operations on tags have in common.</summary>
internal static class TagOrder
{
    /// <summary>Returns tags in the order in which they are kept and listed.</summary>
    public static IReadOnlyList<Tag> InOrder(IEnumerable<Tag> tags) =>
        [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];

    /// <summary>The error of a table that is not there; the word is spelled as DynamoDB does.</summary>
    public static ResourceNotFoundException NotFound(string arn) =>
        new($"Requested resource not found: ResourcArn: {arn} not found");
}
