using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to add tags to a table; a tag replaces an existing tag with the same key.</summary>
public sealed record TagResourceRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public TagResourceRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="resourceArn">The ARN of the table.</param>
    /// <param name="tags">The tags with different keys; at least one.</param>
    [SetsRequiredMembers]
    public TagResourceRequest(string resourceArn, IReadOnlyList<Tag> tags)
    {
        ResourceArn = resourceArn;
        Tags = tags;
    }

    /// <summary>Gets the ARN of the table.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Gets the tags with different keys; at least one.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }
}
