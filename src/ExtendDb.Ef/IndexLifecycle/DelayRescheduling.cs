using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Sees to the changes that wait for an index with a longer delay than it has now.</summary>
/// <remarks>
/// Once every writer knows the new delay, it enqueues again, with that, what waits longer. The older markers stay, and find
/// nothing left to do. It can be killed at any point and begun again, by several processes at once.
/// </remarks>
internal sealed class DelayRescheduling(ExtendDbRuntime runtime, IndexDefinition index)
{
    private readonly WriterBarrier _barrier = new(runtime);
    private short _next;

    /// <summary>Gets when the delay was changed, by the database's clock.</summary>
    public DateTimeOffset? ChangedAt => index.DelayChangedAt;

    /// <summary>Does all that can be done without waiting.</summary>
    /// <returns>True when that was all; false when somebody may still write with the older delay.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        if (!await _barrier.EveryWriterKnowsAsync(connection, cancellationToken))
        {
            return false;
        }

        for (; _next < Shard.Count; _next++)
        {
            await using var hasten = new NpgsqlCommand(Statements.GsiPendingHasten, connection)
            {
                Parameters =
                {
                    new() { Value = _next },
                    new() { Value = index.Id },
                    new() { Value = index.PropagationDelay },
                },
                CommandTimeout = 0,
            };
            await hasten.ExecuteNonQueryAsync(cancellationToken);
        }

        runtime.Signal.At(runtime.Time.GetUtcNow() + index.PropagationDelay);
        var kept = new NpgsqlBatchCommand(Statements.SecondaryIndexesDelayKept)
        {
            Parameters = { new() { Value = index.Id }, new() { Value = index.DelayChangedAt!.Value.UtcDateTime } },
        };
        return await CatalogTransaction.TryAsync(runtime, connection, kept, cancellationToken);
    }
}
