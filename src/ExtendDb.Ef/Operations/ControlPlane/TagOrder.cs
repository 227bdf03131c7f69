using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Sorts tags, and creates the errors, for the operations on tags.</summary>
internal static class TagOrder
{
    /// <summary>Returns tags in the order in which they are stored and listed.</summary>
    public static IReadOnlyList<Tag> InOrder(IEnumerable<Tag> tags) =>
        [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];

    /// <summary>Creates the exception for a table that does not exist, with DynamoDB's spelling of the message.</summary>
    public static ResourceNotFoundException NotFound(string arn) =>
        new($"Requested resource not found: ResourcArn: {arn} not found");
}
