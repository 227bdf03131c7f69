using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to execute up to 100 PartiQL statements together, all of which read, or all of which write.</summary>
public sealed record ExecuteTransactionRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public ExecuteTransactionRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="transactStatements">The statements, 1 to 100, each on another item.</param>
    [SetsRequiredMembers]
    public ExecuteTransactionRequest(IReadOnlyList<ParameterizedStatement> transactStatements)
    {
        TransactStatements = transactStatements;
    }

    /// <summary>Gets the statements, 1 to 100, each on another item.</summary>
    public required IReadOnlyList<ParameterizedStatement> TransactStatements { get; init; }

    /// <summary>
    /// Gets a token of 1 to 36 characters; the same writes with the same token have no effect for ten minutes. Null for none.
    /// </summary>
    public string? ClientRequestToken { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
