namespace ExtendDb.Ef.Server.Demo;

/// <summary>What the demo did.</summary>
internal sealed class DemoCounts
{
    public int Added { get; set; }

    public int Changed { get; set; }

    public int Unchanged { get; set; }

    public int Removed { get; set; }

    /// <summary>Gets or sets how many files could not be read, or have a name that no item can have.</summary>
    public int LeftOut { get; set; }

    /// <summary>Gets or sets how many markers waited when the worker was dead; null when it was not killed.</summary>
    public long? WaitingWhenKilled { get; set; }

    public TimeSpan Writing { get; set; }

    /// <summary>Gets or sets how many markers waited when the worker was started again, and how long they took.</summary>
    public long WaitingWhenStarted { get; set; }

    public TimeSpan Draining { get; set; }

    public int Written => Added + Changed + Removed;
}
