using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to remove tags from a table.</summary>
public sealed record UntagResourceRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public UntagResourceRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="resourceArn">The ARN of the table.</param>
    /// <param name="tagKeys">The keys of the tags, 1 to 50; a key that the table does not have is ignored.</param>
    [SetsRequiredMembers]
    public UntagResourceRequest(string resourceArn, IReadOnlyList<string> tagKeys)
    {
        ResourceArn = resourceArn;
        TagKeys = tagKeys;
    }

    /// <summary>Gets the ARN of the table.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Gets the keys of the tags, 1 to 50; a key that the table does not have is ignored.</summary>
    public required IReadOnlyList<string> TagKeys { get; init; }
}
