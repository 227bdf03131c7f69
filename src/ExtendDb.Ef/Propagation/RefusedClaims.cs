using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>
/// Makes the claims of a slot smaller after one was refused, until the marker whose item cannot be read is alone.
/// </summary>
/// <remarks>
/// A damaged page fails every claim that reads it. Without this, one such item would keep the markers of its slot from
/// being applied for ever. The error ends the connection, so each attempt is a batch of its own.
/// </remarks>
internal sealed class RefusedClaims
{
    // The largest claim of a slot that may succeed; 0 when its first marker alone was refused.
    private readonly Dictionary<short, int> _most = [];
    private (short Slot, DateTime ReadyAt, PostgresException Error)? _first;
    private bool _hasNarrowed;

    /// <summary>Returns how many markers of each slot a batch claims.</summary>
    public int Limit(IReadOnlyList<short> slots, int perSlot) =>
        slots is [var only] && _most.TryGetValue(only, out var most) ? Math.Clamp(most, 1, perSlot) : perSlot;

    /// <summary>
    /// Returns the error with which the first marker of a slot was refused alone; null when it was not tried alone, or
    /// is another one by now: somebody else may have set the refused one aside.
    /// </summary>
    /// <param name="readyAt">The ready_at of the first marker, which is seldom that of another one too.</param>
    public Exception? OfFirst(short slot, DateTime readyAt) =>
        _first is { } first && (first.Slot, first.ReadyAt) == (slot, readyAt) ? first.Error : null;

    /// <summary>Makes the next claim of a slot smaller; a claim of several slots does not tell which one it is.</summary>
    /// <param name="oldest">The ready_at of each slot's first marker.</param>
    public void Refused(IReadOnlyList<short> slots, IReadOnlyList<DateTime> oldest, int perSlot, PostgresException error)
    {
        _hasNarrowed = slots.Count > 1 || OfFirst(slots[0], oldest[0]) is null;
        if (slots is [var only])
        {
            _most[only] = perSlot / 2;
            _first = perSlot == 1 ? (only, oldest[0], error) : null;
        }
    }

    /// <summary>Lets the next claim of a slot grow again.</summary>
    public void Succeeded(IReadOnlyList<short> slots, int perSlot)
    {
        if (slots is not [var only])
        {
            return;
        }

        if (_first?.Slot == only)
        {
            _first = null;
        }

        if (_most.Remove(only, out var most) && most < perSlot * 2)
        {
            _most.Add(only, Math.Max(1, most * 2));
        }
    }

    /// <summary>Returns, once, whether a claim was refused and the next one is smaller.</summary>
    public bool TakeNarrowed() => Interlocked.Exchange(ref _hasNarrowed, false);
}
