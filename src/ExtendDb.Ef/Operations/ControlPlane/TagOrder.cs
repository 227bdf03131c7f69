using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Operations.ControlPlane;

/// <summary>Sorts tags for the operations on them.</summary>
internal static class TagOrder
{
    /// <summary>Returns tags in the order in which they are stored and listed.</summary>
    public static IReadOnlyList<Tag> InOrder(IEnumerable<Tag> tags) =>
        [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)];
}
