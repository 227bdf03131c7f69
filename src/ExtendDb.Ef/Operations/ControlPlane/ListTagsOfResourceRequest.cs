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
    /// <param name="nextToken">The NextToken of the previous response; null for the first page.</param>
    [SetsRequiredMembers]
    public ListTagsOfResourceRequest(string resourceArn, string? nextToken = null)
    {
        ResourceArn = resourceArn;
        NextToken = nextToken;
    }

    /// <summary>Gets the ARN of the table.</summary>
    public required string ResourceArn { get; init; }

    /// <summary>Gets the NextToken of the previous response; null for the first page.</summary>
    public string? NextToken { get; init; }
}
