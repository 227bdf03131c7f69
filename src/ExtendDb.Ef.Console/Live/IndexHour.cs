namespace ExtendDb.Ef.WebConsole.Live;

/// <summary>The last hour of one index, which was idle until now.</summary>
/// <param name="sampled">A series that tells when samples were taken.</param>
internal sealed class IndexHour(HourSeries sampled)
{
    public HourSeries Lag { get; } = HourSeries.IdleBeside(sampled);

    public HourSeries Pending { get; } = HourSeries.IdleBeside(sampled);
}
