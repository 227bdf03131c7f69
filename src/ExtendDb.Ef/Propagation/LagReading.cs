using System.Data.Common;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.Propagation;

/// <summary>The lag of the global indexes: now minus the ready_at of the oldest due marker.</summary>
/// <remarks>
/// The reading covers a bounded number of the oldest markers of each slot. An index whose markers all come after these
/// lags at most as much as the newest marker of the reading.
/// </remarks>
internal sealed class LagReading
{
    private readonly Dictionary<int, TimeSpan> _byIndex = [];
    private readonly Dictionary<short, DateTime> _oldest = [];
    private TimeSpan _behind;

    /// <summary>Gets the largest lag of all indexes; zero when no marker is due.</summary>
    public TimeSpan Most { get; private set; }

    /// <summary>
    /// Gets the ready_at of the oldest due marker of each slot; a slot without a due marker has no entry.
    /// </summary>
    public IReadOnlyDictionary<short, DateTime> Oldest => _oldest;

    /// <summary>Gets the time of the reading by the database's clock.</summary>
    public DateTime At { get; private set; }

    /// <summary>
    /// Returns the lag of an index, or an upper bound of it when the reading has no marker of the index.
    /// </summary>
    public TimeSpan Of(IndexDefinition index) =>
        _byIndex.TryGetValue(index.Id, out var lag) && lag > _behind ? lag : _behind;

    /// <summary>Returns the largest lag of the indexes of a table.</summary>
    public TimeSpan Of(TableDefinition table) =>
        table.GlobalIndexes.Count == 0 ? TimeSpan.Zero : table.GlobalIndexes.Max(Of);

    /// <summary>Adds a row of <c>gsi_pending.lag.sql</c>.</summary>
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
