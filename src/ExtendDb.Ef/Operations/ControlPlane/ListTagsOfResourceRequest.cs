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
    /// <param name="nextToken">Where the answer before said that this one begins; null for the beginning.</param>
    [SetsRequiredMembers]
    public ListTagsOfResourceRequest(string resourceArn, string? nextToken = null)
    {
        ResourceArn = resourceArn;
        NextToken = nextToken;
    }

    /// <summary>Gets the ARN of the table.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Gets where the answer before said that this one begins; null for the beginning.</summary>
    public string? NextToken { get; init; }
}
