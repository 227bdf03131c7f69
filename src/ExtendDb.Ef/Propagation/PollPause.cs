namespace ExtendDb.Ef.Propagation;

/// <summary>The pause of a loop that polls: MinPollInterval after work, then twice as long each time, up to MaxPollInterval.</summary>
internal sealed class PollPause(PropagationOptions options)
{
    /// <summary>Gets the pause before the next look.</summary>
    public TimeSpan Current { get; private set; } = options.MinPollInterval;

    /// <summary>Begins again, because there was work.</summary>
    public void Reset() => Current = options.MinPollInterval;

    /// <summary>Makes the next pause longer, because there was none.</summary>
    public void Lengthen() => Current = Current * 2 < options.MaxPollInterval ? Current * 2 : options.MaxPollInterval;
}
