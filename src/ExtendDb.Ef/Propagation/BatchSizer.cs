using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Propagation;

/// <summary>
/// Adapts the batches of one loop so that each takes 20 to 50 ms, and isolates failures after a refused batch.
/// </summary>
/// <remarks>
/// A batch takes the turn of many slots, and a few markers of each, while there is little to do. Once a slot returns
/// as many markers as were asked for, and the batch is a large one, there is a backlog, and a batch takes one slot only, which
/// leaves the others to other loops, until that slot has no more. Every other batch then takes a few slots whose turn comes round,
/// so that a slot that is far behind does not keep all loops from slots that are a little behind. A small batch is not made
/// smaller: it takes long because the machine is busy, its price hardly depends on its markers, and the more batches, the busier
/// the machine.
/// </remarks>
/// <param name="maxBatchSize">The largest number of markers of a batch.</param>
/// <param name="mostSlots">The largest number of slots of a batch.</param>
internal sealed class BatchSizer(int maxBatchSize, int mostSlots = ItemSlot.Count)
{
    private const int Least = 16;
    private const int LeastOfSlow = 256;
    private const int Few = 8;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(50);

    private readonly int _mostSlots = Math.Min(mostSlots, maxBatchSize);

    private int _size = Math.Min(512, maxBatchSize);

    /// <summary>Gets the number of slots whose turn the next batch takes.</summary>
    public int Slots { get; private set; } = Math.Min(Few, Math.Min(mostSlots, maxBatchSize));

    /// <summary>
    /// Gets whether the next batch takes the slots whose last turn is the longest ago, and not the most overdue ones.
    /// </summary>
    public bool Rotates { get; private set; }

    /// <summary>
    /// Gets whether the next batch writes behind savepoints, because a row of the last batch was refused.
    /// </summary>
    public bool IsolatesFailures { get; private set; }

    /// <summary>Gets the claims that were refused.</summary>
    public RefusedClaims Claims { get; } = new();

    /// <summary>Returns how many markers of each slot the next batch claims.</summary>
    public int PerSlot(int slots) => Math.Max(1, _size / slots);

    /// <summary>Returns whether a batch has at least half of the markers that it may have.</summary>
    public bool IsLarge(int markers) => markers >= (_size + 1) / 2;

    /// <summary>Adapts the next batch to the last one.</summary>
    /// <param name="full">Whether due markers may be left in a slot of the batch.</param>
    /// <param name="large">Whether the batch was a large one, by its markers or by the size of their items.</param>
    /// <param name="took">The time of the batch.</param>
    public void Done(bool full, bool large, TimeSpan took)
    {
        IsolatesFailures = false;
        if (Rotates)
        {
            (Slots, Rotates) = (1, false);
        }
        else if (!full)
        {
            Slots = _mostSlots;
        }
        else if (large)
        {
            Rotates = Slots == 1;
            Slots = Rotates ? Math.Min(Few, _mostSlots) : 1;
        }

        if (full && (took < Short || _size < LeastOfSlow))
        {
            _size = Math.Min(_size * 2, maxBatchSize);
        }
        else if (large && took > Long)
        {
            _size = Math.Min(_size, Math.Max(LeastOfSlow, _size / 2));
        }
    }

    /// <summary>
    /// Halves the next batch after a failure; a failure that would come again also isolates its cause.
    /// </summary>
    public void Failed(bool carefully)
    {
        if (carefully)
        {
            (IsolatesFailures, Slots, Rotates) = (true, 1, false);
        }

        _size = Math.Max(Math.Min(Least, maxBatchSize), _size / 2);
    }
}
