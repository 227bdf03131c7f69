using System.Runtime.ExceptionServices;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>
/// Finishes what UpdateTable began: fills global indexes that are CREATING, and applies new delays to waiting markers.
/// </summary>
/// <param name="logger">The log for finished steps and long waits.</param>
internal sealed class IndexLifecycleSteps(ExtendDbRuntime runtime, ILogger logger)
{
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, IndexBackfill> _backfills = [];
    private readonly Dictionary<int, DelayRescheduling> _delays = [];
    private readonly HashSet<(int Index, string Wait)> _said = [];

    /// <summary>Takes the steps that are possible without waiting, for every index that is changing.</summary>
    /// <returns>True when an index is changing, so that another step soon makes sense.</returns>
    /// <remarks>
    /// An index that fails does not keep the others from their step; the first failure is thrown at the end.
    /// </remarks>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var definitions = await runtime.Definitions.GetAsync(cancellationToken);
        var changing = definitions.Tables
            .SelectMany(table => table.Indexes, (table, index) => (Table: table, Index: index))
            .Where(each => each.Index.Status != IndexStatus.ACTIVE || each.Index.DelayChangedAt is not null)
            .ToList();
        ExceptionDispatchInfo? failure = null;
        foreach (var (table, index) in changing)
        {
            try
            {
                if (index.Status == IndexStatus.CREATING)
                {
                    await FillAsync(table, index, cancellationToken);
                }

                if (index.DelayChangedAt is not null)
                {
                    await ChangeDelayAsync(table, index, cancellationToken);
                }
            }
            catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
            {
                failure ??= ExceptionDispatchInfo.Capture(failed);
            }
        }

        Keep(_backfills, changing.Where(each => each.Index.Status == IndexStatus.CREATING).Select(each => each.Index.Id));
        Keep(_delays, changing.Where(each => each.Index.DelayChangedAt is not null).Select(each => each.Index.Id));
        _said.RemoveWhere(said => !_backfills.ContainsKey(said.Index));
        failure?.Throw();
        return changing.Count > 0;
    }

    private async Task FillAsync(TableDefinition table, IndexDefinition index, CancellationToken cancellationToken)
    {
        if (!_backfills.TryGetValue(index.Id, out var backfill))
        {
            _backfills.Add(index.Id, backfill = new(runtime, table.Id, index.Id));
            IndexLog.Creating(logger, index.Name, table.Name);
        }

        var step = await backfill.StepAsync(cancellationToken);
        if (step == BackfillStep.Active)
        {
            IndexLog.Filled(logger, index.Name, table.Name);
        }
        else if (backfill.WaitsFor is { } wait && backfill.Elapsed > LongWait && _said.Add((index.Id, wait)))
        {
            IndexLog.Waits(logger, index.Name, table.Name, wait);
        }
    }

    private async Task ChangeDelayAsync(TableDefinition table, IndexDefinition index, CancellationToken cancellationToken)
    {
        // A delay that is changed once more has to become known to every writer once more.
        if (!_delays.TryGetValue(index.Id, out var change) || change.ChangedAt != index.DelayChangedAt)
        {
            _delays[index.Id] = change = new(runtime, index);
        }

        if (await change.StepAsync(cancellationToken))
        {
            IndexLog.DelayChanged(logger, index.Name, table.Name, index.PropagationDelay);
        }
    }

    private static void Keep<T>(Dictionary<int, T> changes, IEnumerable<int> indexes)
    {
        foreach (var gone in changes.Keys.Except(indexes).ToList())
        {
            changes.Remove(gone);
        }
    }
}
