using ExtendDb.Ef.Expressions.PartiQl;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Writing;

namespace ExtendDb.Ef.Operations.PartiQl;

/// <summary>Handles ExecuteStatement.</summary>
internal static class ExecuteStatement
{
    internal static async Task<ExecuteStatementResponse> HandleAsync(
        OperationContext context, ExecuteStatementRequest request, CancellationToken cancellationToken)
    {
        StatementRequestShape.Of(request).ThrowIfBroken();
        return StatementParameters.Parse(request.Statement, request.Parameters) switch
        {
            Statement.Select select => await SelectStatement.RunAsync(context, request, select, cancellationToken),
            Statement.Exists => throw StatementParameters.ExistsAlone(),
            var write => await WriteAsync(context, request, write, cancellationToken),
        };
    }

    private static async Task<ExecuteStatementResponse> WriteAsync(
        OperationContext context, ExecuteStatementRequest request, Statement statement, CancellationToken cancellationToken)
    {
        var write = new WriteStatement(await StatementTable.FindAsync(context, statement, cancellationToken), statement);
        var action = write.ToAction(
            request.ReturnValuesOnConditionCheckFailure, request.ReturnConsumedCapacity != ReturnConsumedCapacity.NONE);
        var change = await ItemWrite.RunAsync(context, action, cancellationToken);
        return new()
        {
            Items = write.Returned(action, change) is { } item ? [item] : [],
            ConsumedCapacity = CapacityByTable.Consumed(change, request.ReturnConsumedCapacity),
        };
    }
}
