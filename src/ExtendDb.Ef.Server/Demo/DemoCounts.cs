namespace ExtendDb.Ef.Server.Demo;

/// <summary>The counts of a run of the demo.</summary>
internal sealed class DemoCounts
{
    public int Added { get; set; }

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    public int Removed { get; set; }

    /// <summary>Gets or sets the number of files that could not be read, or whose name no item can have.</summary>
    public int LeftOut { get; set; }

    /// <summary>
    /// Gets or sets the number of markers that waited when the worker was dead; null when it was not killed.
    /// </summary>
    public long? WaitingWhenKilled { get; set; }

    /// <summary>
    /// Gets or sets the number of records that the consumer had not handled when the worker was started again.
    /// </summary>
    public long UnhandledWhenStarted { get; set; }

    /// <summary>Gets or sets the number of file types whose total differs from the files.</summary>
    public int WrongTotals { get; set; }

    public TimeSpan Writing { get; set; }

    /// <summary>Gets or sets the number of markers that waited when the worker was started again.</summary>
    public long WaitingWhenStarted { get; set; }

    public TimeSpan Draining { get; set; }

    public int Written => Added + Changed + Removed;
}
