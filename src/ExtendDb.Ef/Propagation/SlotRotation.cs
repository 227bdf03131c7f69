using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Runtime;

namespace ExtendDb.Ef.Propagation;

/// <summary>Remembers in which order the loops of this process had the turns of the slots.</summary>
internal sealed class SlotRotation : IRuntimePart<SlotRotation>
{
    private readonly long[] _last = new long[ItemSlot.Count];
    private long _turns;

    public static SlotRotation Create(ExtendDbRuntime runtime) => new();

    /// <summary>Returns for each slot a number that is the lower, the longer ago its last turn is; 0 when it had none.</summary>
    public long[] Current() => [.. _last];

    /// <summary>Notes that some slots have their turn.</summary>
    public void Taken(IEnumerable<short> slots)
    {
        var turn = Interlocked.Increment(ref _turns);
        foreach (var slot in slots)
        {
            Volatile.Write(ref _last[slot], turn);
        }
    }
}
