using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.ControlPlane;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Brings markers that wait with an index's older, longer delay forward to its new delay.</summary>
/// <remarks>
/// Once every writer uses the new delay, it enqueues the items of the longer waiting markers again, with the new delay.
/// The older markers stay, and find nothing left to do. Several processes can do this at once, and can be killed at any
/// point.
/// </remarks>
internal sealed class DelayRescheduling(ExtendDbRuntime runtime, IndexDefinition index)
{
    private readonly WriterBarrier _barrier = new(runtime);
    private short _next;

    /// <summary>Gets the time of the delay change by the database's clock.</summary>
    public DateTimeOffset? ChangedAt => index.DelayChangedAt;

    /// <summary>Takes all steps that are possible without waiting.</summary>
    /// <returns>True when the change is complete; false while a transaction may still write with the older delay.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        if (!await _barrier.EveryWriterKnowsAsync(connection, cancellationToken))
        {
            return false;
        }

        for (; _next < ItemSlot.Count; _next++)
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
