using System.Globalization;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ExtendDb.Ef.Consumers;

/// <summary>The transaction in which a handler runs.</summary>
internal sealed class HandlerTransaction(
    ExtendDbRuntime runtime, ConsumerRegistration registration, DbContext context, IStreamHandler handler)
{
    // The server ends a transaction whose handler does not end at its time-out.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Gets the connection of the context.</summary>
    public NpgsqlConnection Connection => (NpgsqlConnection)context.Database.GetDbConnection();

    private TimeSpan Timeout => registration.Options.HandlerTimeout;

    /// <summary>Sets how long the transaction may be idle.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var longest = (long)(Timeout + Grace).TotalMilliseconds;
        await using var begin = new NpgsqlCommand(Statements.StreamConsumerBegin, Connection)
        {
            Parameters = { new() { Value = longest.ToString(CultureInfo.InvariantCulture) } },
        };
        await begin.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Calls the handler, and saves what its context tracks.</summary>
    /// <exception cref="TimeoutException">The handler took too long.</exception>
    public async Task HandleAsync(IReadOnlyList<StreamRecord> records, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, runtime.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await handler.HandleAsync(records, context, linked.Token);
            await context.SaveChangesAsync(linked.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The handler of {registration.Name} took more than {Timeout}.", late);
        }
    }
}
