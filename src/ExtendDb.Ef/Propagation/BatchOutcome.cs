namespace ExtendDb.Ef.Propagation;

/// <summary>The result of one batch of markers.</summary>
/// <param name="Markers">The number of claimed markers; 0 when no marker was due in a free slot.</param>
/// <param name="Entries">
/// The number of entries that the batch wrote, deleted, found equal, or put into quarantine.
/// </param>
/// <param name="Quarantined">The number of entries that the batch put into quarantine.</param>
/// <param name="ClaimedAt">The end of the claim, as a timestamp of this process's TimeProvider.</param>
internal readonly record struct BatchOutcome(int Markers, int Entries, int Quarantined, long ClaimedAt)
{
    /// <summary>Gets by how much the oldest marker was overdue when the batch took its turn.</summary>
    public TimeSpan Late { get; init; }
}
