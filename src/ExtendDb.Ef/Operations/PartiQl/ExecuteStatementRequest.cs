using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>A request to execute one PartiQL statement.</summary>
public sealed record ExecuteStatementRequest
{
    /// <summary>Initializes a request whose members an object initializer sets.</summary>
    public ExecuteStatementRequest()
    {
    }

    /// <summary>Initializes a request with its required members.</summary>
    /// <param name="statement">The statement, 1 to 8,192 characters.</param>
    [SetsRequiredMembers]
    public ExecuteStatementRequest(string statement)
    {
        Statement = statement;
    }

    /// <summary>Gets the statement: SELECT, INSERT, UPDATE or DELETE, 1 to 8,192 characters.</summary>
    public required string Statement { get; init; }

    /// <summary>Gets the values of the question marks in the statement, in their order; null for none.</summary>
    public IReadOnlyList<AttributeValue>? Parameters { get; init; }

    /// <summary>
    /// Gets whether the consumed capacity is that of a strongly consistent read; refused on a global index.
    /// </summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Gets the NextToken of the previous page of the same statement; null for the first page.</summary>
    public string? NextToken { get; init; }

    /// <summary>Gets the largest number of items to read, before the filter; null for as many as 1 MB holds.</summary>
    public int? Limit { get; init; }

    /// <summary>Gets the detail of consumed capacity in the response; the default is NONE.</summary>
    public ReturnConsumedCapacity ReturnConsumedCapacity { get; init; }

    /// <summary>
    /// Gets whether the exception of a false condition contains the stored item; the default is NONE.
    /// </summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}
