using System.Data.Common;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Propagation;

/// <summary>How far the global indexes lag: now minus the ready_at of the oldest due marker.</summary>
/// <remarks>
/// Read from the oldest markers of each shard, a bounded number of them. What comes behind those is not looked at: an index
/// whose markers all stand there lags at most as much as the last one that was looked at.
/// </remarks>
internal sealed class LagReading
{
    private readonly Dictionary<int, TimeSpan> _byIndex = [];
    private readonly Dictionary<short, DateTime> _oldest = [];
    private TimeSpan _behind;

    /// <summary>Gets the lag of the index that lags most; zero when no marker is due.</summary>
    public TimeSpan Most { get; private set; }

    /// <summary>Gets the ready_at of the oldest due marker by shard; a shard without one is not there.</summary>
    public IReadOnlyDictionary<short, DateTime> Oldest => _oldest;

    /// <summary>Gets the database's clock at the reading.</summary>
    public DateTime At { get; private set; }

    /// <summary>Returns the lag of an index, or the most that it can be.</summary>
    public TimeSpan Of(IndexDefinition index) =>
        _byIndex.TryGetValue(index.Id, out var lag) && lag > _behind ? lag : _behind;

    /// <summary>Returns the lag of the index of a table that lags most.</summary>
    public TimeSpan Of(TableDefinition table) =>
        table.GlobalIndexes.Count == 0 ? TimeSpan.Zero : table.GlobalIndexes.Max(Of);

    /// <summary>Takes a row of <c>gsi_pending.lag.sql</c>.</summary>
    public void Add(DbDataReader row)
    {
        var overdue = TimeSpan.FromSeconds(row.GetDouble(2));
        if (!row.IsDBNull(0))
        {
            _byIndex.Add(row.GetInt32(0), overdue);
        }
        else if (!row.IsDBNull(1))
        {
            _oldest.Add(row.GetInt16(1), row.GetDateTime(4));
            Most = Longer(Most, overdue);
            _behind = row.IsDBNull(3) ? _behind : Longer(_behind, TimeSpan.FromSeconds(row.GetDouble(3)));
        }
        else
        {
            At = row.GetDateTime(5);
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
