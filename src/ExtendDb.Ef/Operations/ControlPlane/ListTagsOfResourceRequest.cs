using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to list the tags of a table.</summary>
public sealed record ListTagsOfResourceRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public ListTagsOfResourceRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="resourceArn">The ARN of the table.</param>
    /// <param name="nextToken">A token, which is ignored, because a response has all tags.</param>
    [SetsRequiredMembers]
    public ListTagsOfResourceRequest(string resourceArn, string? nextToken = null)
    {
        ResourceArn = resourceArn;
        NextToken = nextToken;
    }

    /// <summary>Gets the ARN of the table.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Gets a token, which is ignored, because a response has all tags.</summary>
    public string? NextToken { get; init; }
}
