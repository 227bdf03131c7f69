using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to execute up to 25 PartiQL statements, all of which read, or all of which write.</summary>
public sealed record BatchExecuteStatementRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public BatchExecuteStatementRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="statements">The statements, 1 to 25, each on another item.</param>
    [SetsRequiredMembers]
    public BatchExecuteStatementRequest(IReadOnlyList<BatchStatementRequest> statements)
    {
        Statements = statements;
    }

    /// <summary>Gets the statements, 1 to 25, each on another item.</summary>
    public required IReadOnlyList<BatchStatementRequest> Statements { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }
}
