using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>
/// Makes the claims of a shard smaller after one was refused, until the marker whose item cannot be read is alone.
/// </summary>
/// <remarks>
/// A damaged page fails every claim that reads it. Without this, one such item would keep the markers of its shard from
/// being applied for ever. The error ends the connection, so each attempt is a batch of its own.
/// </remarks>
internal sealed class RefusedClaims
{
    // The largest claim of a shard that may succeed; 0 when its first marker alone was refused.
    private readonly Dictionary<short, int> _most = [];
    private (short Shard, DateTime ReadyAt, PostgresException Error)? _first;
    private bool _hasNarrowed;

    /// <summary>Returns how many markers of each shard a batch claims.</summary>
    public int Limit(IReadOnlyList<short> shards, int perShard) =>
        shards is [var only] && _most.TryGetValue(only, out var most) ? Math.Clamp(most, 1, perShard) : perShard;

    /// <summary>
    /// Returns the error with which the first marker of a shard was refused alone; null when it was not tried alone, or
    /// is another one by now: somebody else may have set the refused one aside.
    /// </summary>
    /// <param name="readyAt">The ready_at of the first marker, which is seldom that of another one too.</param>
    public Exception? OfFirst(short shard, DateTime readyAt) =>
        _first is { } first && (first.Shard, first.ReadyAt) == (shard, readyAt) ? first.Error : null;

    /// <summary>Makes the next claim of a shard smaller; a claim of several shards does not tell which one it is.</summary>
    /// <param name="oldest">The ready_at of each shard's first marker.</param>
    public void Refused(IReadOnlyList<short> shards, IReadOnlyList<DateTime> oldest, int perShard, PostgresException error)
    {
        _hasNarrowed = shards.Count > 1 || OfFirst(shards[0], oldest[0]) is null;
        if (shards is [var only])
        {
            _most[only] = perShard / 2;
            _first = perShard == 1 ? (only, oldest[0], error) : null;
        }
    }

    /// <summary>Lets the next claim of a shard grow again.</summary>
    public void Succeeded(IReadOnlyList<short> shards, int perShard)
    {
        if (shards is not [var only])
        {
            return;
        }

        if (_first?.Shard == only)
        {
            _first = null;
        }

        if (_most.Remove(only, out var most) && most < perShard * 2)
        {
            _most.Add(only, Math.Max(1, most * 2));
        }
    }

    /// <summary>Returns, once, whether a claim was refused and the next one is smaller.</summary>
    public bool TakeNarrowed() => Interlocked.Exchange(ref _hasNarrowed, false);
}
