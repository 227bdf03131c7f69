using System.Data;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.Consumers;

/// <summary>Runs the handler of a consumer in a transaction of a context of its own.</summary>
internal sealed class HandlerCall(ExtendDbRuntime runtime, ConsumerRegistration registration, IServiceProvider services)
{
    /// <summary>Runs steps in a transaction, and commits it.</summary>
    /// <param name="run">
    /// The steps; false rolls the transaction back. A retrying strategy of the context repeats them after a passing error, also
    /// when the answer to a COMMIT was lost: the place that they read then shows whether it has committed.
    /// </param>
    /// <returns>Whether the transaction was committed.</returns>
    public async Task<bool> InTransactionAsync(
        Func<HandlerTransaction, CancellationToken, Task<bool>> run, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        await using var context = registration.CreateContext(scope.ServiceProvider);
        var handler = registration.CreateHandler(scope.ServiceProvider);
        return await context.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                context.ChangeTracker.Clear();
                await using var transaction = await context.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, token);
                var call = new HandlerTransaction(runtime, registration, context, handler);
                await call.BeginAsync(token);
                if (!await run(call, token))
                {
                    return false;
                }

                if (context.Database.CurrentTransaction != transaction)
                {
                    throw new InvalidOperationException(
                        $"The handler of {registration.Name} has ended the transaction that its context was given in.");
                }

                await transaction.CommitAsync(token);
                return true;
            },
            cancellationToken);
    }
}
