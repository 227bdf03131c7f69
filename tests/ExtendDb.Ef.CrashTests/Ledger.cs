using System.Collections.Concurrent;
using ExtendDb.Ef.Model;

namespace ExtendDb.Ef.CrashTests;

/// <summary>What each key must hold, by the answers that its one writer got.</summary>
/// <remarks>
/// A write that was answered is there. One that failed may be there or not, until the next one is answered or the item was
/// read; so a key has the state that was acknowledged last, and perhaps some that are possible.
/// </remarks>
/// <param name="allows">Tells which errors a write may meet; null for those of a server in trouble.</param>
internal class Ledger(Func<Exception, bool>? allows = null)
{
    private static readonly AttributeMap?[] Absent = [null];
    private readonly ConcurrentDictionary<Place, AttributeMap?[]> _possible = new();
    private readonly ConcurrentDictionary<Place, Place[]> _groups = new();
    private readonly ConcurrentQueue<string> _faults = [];
    private long _acknowledged;
    private long _unanswered;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public long Unanswered => Interlocked.Read(ref _unanswered);

    /// <summary>Gets the places that were ever written; those of transactions together.</summary>
    public IReadOnlyList<IReadOnlyList<Place>> Groups =>
    [
        .. _groups.Values.Distinct(),
        .. _possible.Keys.Where(place => !_groups.ContainsKey(place)).Select(place => new[] { place }),
    ];

    /// <summary>Gets the first lines of the errors that writers met, with how often each came.</summary>
    public string FaultsMet => string.Join(
        Environment.NewLine, _faults.CountBy(fault => fault).Select(fault => $"{fault.Value} x {fault.Key}"));

    /// <summary>Tells whether an error may be met in this scenario.</summary>
    public bool Allows(Exception fault) => (allows ?? Faults.IsOfTheServer)(fault);

    /// <summary>Says that some places are only written by transactions, and always together.</summary>
    public void KeepTogether(params Place[] places)
    {
        foreach (var place in places)
        {
            _groups[place] = places;
        }
    }

    /// <summary>Writes one item, or several in one request.</summary>
    /// <param name="changes">The items as they shall be; null is none.</param>
    /// <param name="write">Writes them; false says for certain that nothing was written.</param>
    /// <returns>True when it was acknowledged; false when the server was in the way.</returns>
    /// <remarks>Other errors than a server in trouble can cause go through.</remarks>
    public virtual async Task<bool> WriteAsync(IReadOnlyList<(Place Place, AttributeMap? Item)> changes, Func<Task<bool>> write)
    {
        var before = changes.Select(change => Possible(change.Place)).ToList();
        foreach (var (place, item) in changes)
        {
            _possible[place] = [.. Possible(place), item];
        }

        bool written;
        try
        {
            written = await write();
        }
        catch (Exception fault) when (Allows(fault))
        {
            Interlocked.Increment(ref _unanswered);
            _faults.Enqueue($"{fault.GetType().Name}: {fault.GetBaseException().Message.Split('\n')[0]}");
            return false;
        }

        for (var i = 0; i < changes.Count; i++)
        {
            _possible[changes[i].Place] = written ? [changes[i].Item] : before[i];
        }

        Interlocked.Add(ref _acknowledged, written ? 1 : 0);
        return written;
    }

    /// <summary>Compares what was read, while the writer of these places wrote nothing, with what can be there.</summary>
    /// <exception cref="InvalidOperationException">It cannot be there.</exception>
    public void Saw(IReadOnlyList<Place> group, IReadOnlyList<AttributeMap?> items)
    {
        // Places that are always written together have gone through the same states.
        var possible = group.Select(Possible).ToList();
        if (!Enumerable.Range(0, possible[0].Length).Any(
            state => Enumerable.Range(0, group.Count).All(i => Equals(possible[i][state], items[i]))))
        {
            throw new InvalidOperationException(
                $"{string.Join(" and ", group)}: there is {Text(items)}, and there can only be "
                + string.Join(" or ", Enumerable.Range(0, possible[0].Length)
                    .Select(state => Text([.. possible.Select(states => states[state])]))) + ".");
        }

        for (var i = 0; i < group.Count; i++)
        {
            _possible[group[i]] = [items[i]];
        }
    }

    private static string Text(IReadOnlyList<AttributeMap?> items) =>
        string.Join(" and ", items.Select(item => item?.ToString() ?? "nothing"));

    private AttributeMap?[] Possible(Place place) => _possible.GetValueOrDefault(place, Absent);

    /// <summary>Where an item stands.</summary>
    internal readonly record struct Place(string Table, AttributeMap Key);
}
