namespace ExtendDb.Ef.AspNetCore;

/// <summary>When the lag of the global indexes is a matter of health.</summary>
public sealed class ExtendDbHealthOptions
{
    /// <summary>Gets or sets above which lag the check <c>lag</c> is Degraded.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan DegradedLag { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets above which lag the check <c>lag</c> is Unhealthy.</summary>
    /// <value>The default is 60 s.</value>
    public TimeSpan UnhealthyLag { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets how long the oldest markers may wait without anybody claiming them.</summary>
    /// <value>The default is 30 s. It is known only from one check to another.</value>
    public TimeSpan UnclaimedWithin { get; set; } = TimeSpan.FromSeconds(30);
}
