namespace ExtendDb.Ef.Telemetry;

/// <summary>How long whoever looks at a whole queue or table rests until the next look, so that it costs a twentieth of the time.</summary>
internal static class DutyCycle
{
    private const int Factor = 20;

    /// <summary>Returns the rest after a look.</summary>
    /// <param name="took">How long the look took.</param>
    /// <param name="atLeast">How long it rests in any case.</param>
    public static TimeSpan Of(TimeSpan took, TimeSpan atLeast) => took * Factor is var rest && rest > atLeast ? rest : atLeast;
}
