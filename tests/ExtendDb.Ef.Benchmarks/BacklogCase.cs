using ExtendDb.Ef.Keys;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>What a queue is like.</summary>
/// <param name="Name">Of the case, and of its database.</param>
/// <param name="Waiting">How many markers wait.</param>
/// <param name="Dead">How many applied ones lie before them, which VACUUM cannot remove: a transaction that began before is open.</param>
/// <param name="StatisticsOfEmpty">Whether the planner thinks that the queue and the entries are empty.</param>
internal sealed record BacklogCase(string Name, int Waiting, int Dead = 0, bool StatisticsOfEmpty = false)
{
    public int WaitingPerSlot => (Waiting + ItemSlot.Count - 1) / ItemSlot.Count;

    public int DeadPerSlot => Dead / ItemSlot.Count;
}
