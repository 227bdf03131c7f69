namespace ExtendDb.Ef.Propagation;

/// <summary>What a batch did.</summary>
/// <param name="Markers">How many markers it claimed; 0 when none was due in a free shard.</param>
/// <param name="Entries">How many entries it wrote, deleted, found equal, or set aside.</param>
/// <param name="Quarantined">How many of them it set aside.</param>
/// <param name="ClaimedAt">When it had claimed, as a timestamp of this process.</param>
internal readonly record struct BatchOutcome(int Markers, int Entries, int Quarantined, long ClaimedAt)
{
    /// <summary>Gets by how much the oldest marker was overdue when the batch took its turn.</summary>
    public TimeSpan Late { get; init; }
}
