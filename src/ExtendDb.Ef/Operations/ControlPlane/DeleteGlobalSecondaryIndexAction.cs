using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A global index to be removed. Source: DynamoDB API, DeleteGlobalSecondaryIndexAction.</summary>
public sealed record DeleteGlobalSecondaryIndexAction
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public DeleteGlobalSecondaryIndexAction()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="indexName">The name of the index.</param>
    [SetsRequiredMembers]
    public DeleteGlobalSecondaryIndexAction(string indexName)
    {
        IndexName = indexName;
    }

    /// <summary>Gets the name of the index.</summary>
    public required string IndexName { get; init; }
}
