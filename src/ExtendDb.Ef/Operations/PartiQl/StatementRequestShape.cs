using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Items;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>Checks the members of requests with PartiQL statements.</summary>
internal static class StatementRequestShape
{
    private const int MaxStatementLength = 8_192;
    private const int MaxTokenLength = 32_768;
    private const int MaxClientTokenLength = 36;
    private const int MaxOfBatch = 25;
    private const int MaxOfTransaction = 100;

    public static RequestValidator Of(ExecuteStatementRequest request) => new RequestValidator()
        .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
        .Statement(request.Statement, request.Parameters, string.Empty)
        .Length(request.NextToken?.Length, () => request.NextToken!, 1, MaxTokenLength, "nextToken")
        .Between(request.Limit, 1, int.MaxValue, "limit")
        .WhenConditionFails(request.ReturnValuesOnConditionCheckFailure);

    public static RequestValidator Of(BatchExecuteStatementRequest request)
    {
        var validator = new RequestValidator()
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .Count(request.Statements, MaxOfBatch, "statements");
        for (var i = 0; i < (request.Statements?.Count ?? 0); i++)
        {
            var (statement, member) = (request.Statements![i], $"statements.{i + 1}.member");
            validator.Required(statement, member);
            if (statement is not null)
            {
                validator.Statement(statement.Statement, statement.Parameters, member + ".")
                    .WhenConditionFails(statement.ReturnValuesOnConditionCheckFailure, member + ".");
            }
        }

        return validator;
    }

    public static RequestValidator Of(ExecuteTransactionRequest request)
    {
        var validator = new RequestValidator()
            .Length(
                request.ClientRequestToken?.Length,
                () => request.ClientRequestToken!,
                1,
                MaxClientTokenLength,
                "clientRequestToken")
            .ReturnConsumedCapacity(request.ReturnConsumedCapacity)
            .Count(request.TransactStatements, MaxOfTransaction, "transactStatements");
        for (var i = 0; i < (request.TransactStatements?.Count ?? 0); i++)
        {
            var (statement, member) = (request.TransactStatements![i], $"transactStatements.{i + 1}.member");
            validator.Required(statement, member);
            if (statement is not null)
            {
                validator.Statement(statement.Statement, statement.Parameters, member + ".")
                    .WhenConditionFails(statement.ReturnValuesOnConditionCheckFailure, member + ".");
            }
        }

        return validator;
    }

    private static RequestValidator Count<T>(
        this RequestValidator validator, IReadOnlyList<T>? statements, int max, string member) => validator
            .Required(statements, member)
            .Length(statements?.Count, () => $"[{string.Join(", ", statements!)}]", 1, max, member);

    private static RequestValidator Statement(
        this RequestValidator validator, string? statement, IReadOnlyList<AttributeValue>? parameters, string prefix) => validator
            .Required(statement, prefix + "statement")
            .Length(statement?.Length, () => statement!, 1, MaxStatementLength, prefix + "statement")
            .Length(parameters?.Count, () => "[]", 1, int.MaxValue, prefix + "parameters");
}
