using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>The table whose tags to list.</summary>
public sealed record ListTagsOfResourceRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public ListTagsOfResourceRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="resourceArn">The ARN of the table.</param>
    /// <param name="nextToken">Accepted and ignored, because an answer holds all tags.</param>
    [SetsRequiredMembers]
    public ListTagsOfResourceRequest(string resourceArn, string? nextToken = null)
    {
        ResourceArn = resourceArn;
        NextToken = nextToken;
    }

    /// <summary>Gets the ARN of the table.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Gets a token of whatever content, which is ignored, because an answer holds all tags.</summary>
    public string? NextToken { get; init; }
}
