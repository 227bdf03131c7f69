namespace ExtendDb.Ef;

/// <summary>How the worker of this process deletes expired items.</summary>
public sealed class TimeToLiveOptions
{
    /// <summary>Gets or sets whether the worker of this process deletes expired items.</summary>
    /// <value>The default is true. False leaves it to other processes, as Propagation.Enabled = false does.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets how long after one look for the expired items of a table the next one begins.</summary>
    /// <value>
    /// The default is one minute. From 100 ms to one day. After a look that took long it is 20 times as long as that.
    /// </value>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    internal TimeToLiveOptions Copy() => (TimeToLiveOptions)MemberwiseClone();

    internal IEnumerable<(string Name, string Value)> Values() =>
    [
        ($"TimeToLive.{nameof(Enabled)}", $"{Enabled}"),
        ($"TimeToLive.{nameof(SweepInterval)}", $"{SweepInterval}"),
    ];

    internal IEnumerable<string> Problems()
    {
        if (SweepInterval < TimeSpan.FromMilliseconds(100) || SweepInterval > TimeSpan.FromDays(1))
        {
            yield return $"TimeToLive.SweepInterval is {SweepInterval}; it goes from 100 ms to one day.";
        }
    }
}
