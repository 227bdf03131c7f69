using ExtendDb.Ef.Catalog;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Finishes what UpdateTable began: fills global indexes that are CREATING, removes those that are DELETING.</summary>
/// <param name="database">The database.</param>
/// <param name="logger">Takes what was done.</param>
internal sealed class IndexChanges(LocalDatabase database, ILogger logger)
{
    private readonly Dictionary<int, IndexBackfill> _backfills = [];

    /// <summary>Does all that can be done without waiting.</summary>
    /// <returns>True when an index is being filled, so that more can be done soon.</returns>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var definitions = await database.Definitions.GetAsync(cancellationToken);
        var creating = new HashSet<int>();
        foreach (var table in definitions.Tables.Where(t => t.Status == TableStatus.ACTIVE))
        {
            foreach (var index in table.Indexes)
            {
                switch (index.Status)
                {
                    case IndexStatus.CREATING:
                        creating.Add(index.Id);
                        await FillAsync(table, index, cancellationToken);
                        break;
                    case IndexStatus.DELETING when await IndexRemoval.RunAsync(database, index.Id, cancellationToken):
                        IndexLog.Removed(logger, index.Name, table.Name);
                        break;
                }
            }
        }

        foreach (var givenUp in _backfills.Keys.Except(creating).ToList())
        {
            _backfills.Remove(givenUp);
        }

        return _backfills.Count > 0;
    }

    private async Task FillAsync(TableDefinition table, IndexDefinition index, CancellationToken cancellationToken)
    {
        if (!_backfills.TryGetValue(index.Id, out var backfill))
        {
            _backfills.Add(index.Id, backfill = new(database, table.Id, index.Id));
            IndexLog.Creating(logger, index.Name, table.Name);
        }

        if (await backfill.StepAsync(cancellationToken))
        {
            _backfills.Remove(index.Id);
            IndexLog.Filled(logger, index.Name, table.Name);
        }
        else if (backfill.TakeLongWait() is { } transactions)
        {
            IndexLog.Waits(logger, index.Name, table.Name, transactions);
        }
    }
}
