namespace ExtendDb.Ef.Telemetry;

/// <summary>Spaces the scans of a whole queue or table so that they take a twentieth of the time.</summary>
internal static class DutyCycle
{
    private const int Factor = 20;

    /// <summary>Returns the pause after a scan.</summary>
    /// <param name="took">The duration of the scan.</param>
    /// <param name="atLeast">The shortest pause.</param>
    public static TimeSpan Of(TimeSpan took, TimeSpan atLeast) => took * Factor is var rest && rest > atLeast ? rest : atLeast;
}
