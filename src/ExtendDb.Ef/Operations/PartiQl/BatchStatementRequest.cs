using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef.Model;

/// <summary>One statement of a BatchExecuteStatement. Source: DynamoDB API, BatchStatementRequest.</summary>
public sealed record BatchStatementRequest
{
    /// <summary>Initializes an instance whose members an object initializer sets.</summary>
    public BatchStatementRequest()
    {
    }

    /// <summary>Initializes an instance with its required members.</summary>
    /// <param name="statement">The statement, 1 to 8,192 characters.</param>
    [SetsRequiredMembers]
    public BatchStatementRequest(string statement)
    {
        Statement = statement;
    }

    /// <summary>Gets the statement, 1 to 8,192 characters.</summary>
    public required string Statement { get; init; }

    /// <summary>Gets the values of the question marks in the statement, in their order; null for none.</summary>
    public IReadOnlyList<AttributeValue>? Parameters { get; init; }

    /// <summary>Gets whether the consumed capacity is that of a strongly consistent read.</summary>
    public bool ConsistentRead { get; init; }

    /// <summary>Gets whether the error of a false condition contains the stored item; the default is NONE.</summary>
    public ReturnValuesOnConditionCheckFailure ReturnValuesOnConditionCheckFailure { get; init; }
}
