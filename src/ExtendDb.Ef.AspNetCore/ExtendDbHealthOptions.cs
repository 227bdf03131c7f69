namespace ExtendDb.Ef.AspNetCore;

/// <summary>The options of the health check <c>lag</c>.</summary>
public sealed class ExtendDbHealthOptions
{
    /// <summary>The tag of the checks that decide whether the application can answer requests.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Gets or sets the lag above which the check <c>lag</c> is Degraded.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan DegradedLag { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the lag above which the check <c>lag</c> is Unhealthy.</summary>
    /// <value>The default is 60 s.</value>
    public TimeSpan UnhealthyLag { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets how long the oldest due markers may wait without being claimed.</summary>
    /// <value>The default is 30 s. The time is measured from one check to the next.</value>
    public TimeSpan UnclaimedWithin { get; set; } = TimeSpan.FromSeconds(30);
}
