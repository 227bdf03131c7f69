namespace ExtendDb.Ef;

/// <summary>How the lag of the global indexes of one table is bounded, where that is not as for the others.</summary>
public sealed class TableBackpressureOptions
{
    /// <summary>Gets or sets what happens to writes when the global indexes of the table lag.</summary>
    /// <value>The default is null: as <see cref="GsiBackpressureOptions.Mode"/>.</value>
    public GsiBackpressure? Mode { get; set; }

    /// <summary>Gets or sets the limit of the lag.</summary>
    /// <value>The default is null: as <see cref="GsiBackpressureOptions.Limit"/>. From 10 ms to one day.</value>
    public TimeSpan? Limit { get; set; }
}
