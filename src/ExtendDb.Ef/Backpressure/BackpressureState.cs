namespace ExtendDb.Ef.Backpressure;

/// <summary>What a write of a table meets while the indexes of the table lag.</summary>
/// <param name="Mode">The mode of the table.</param>
/// <param name="Limit">The lag at which the mode has its full effect.</param>
/// <param name="Lag">The largest lag of the table's indexes.</param>
/// <param name="Delay">How long the next write waits after its commit; zero when it does not.</param>
/// <param name="Helps">Whether the next write applies a batch of markers.</param>
/// <param name="IsRefused">Whether the next write is refused.</param>
internal sealed record BackpressureState(
    GsiBackpressure Mode, TimeSpan Limit, TimeSpan Lag, TimeSpan Delay, bool Helps, bool IsRefused);
