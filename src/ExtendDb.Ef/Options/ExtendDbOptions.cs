namespace ExtendDb.Ef;

/// <summary>How this process uses an ExtendDb database.</summary>
public sealed class ExtendDbOptions
{
    /// <summary>Gets or sets how long a change waits before it is applied to an index that names no delay of its own.</summary>
    /// <value>The default is 10 ms. From 0, which applies it before the write returns, to one day.</value>
    public TimeSpan DefaultPropagationDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets or sets how old the known definitions may be before the database is asked whether they changed.</summary>
    /// <value>The default is 1 s. From 10 ms to one minute.</value>
    public TimeSpan CatalogPollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a write waits for an item that another transaction holds, before it is refused.</summary>
    /// <value>The default is 5 s. From 1 ms to one minute. In a transaction of the caller's own the server's setting counts.</value>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the options of the worker.</summary>
    public PropagationOptions Propagation { get; init; } = new();

    /// <summary>Gets how the lag of the global indexes is bounded.</summary>
    public GsiBackpressureOptions Backpressure { get; init; } = new();

    /// <summary>Gets whether all indexes are compared with their items again and again.</summary>
    public VerificationOptions Verification { get; init; } = new();

    /// <summary>Gets the options of the deletion of expired items.</summary>
    public TimeToLiveOptions TimeToLive { get; init; } = new();

    /// <summary>Gets or sets how often the queue is read for the gauges of the meter ExtendDb.Gsi, while somebody listens.</summary>
    /// <value>The default is 5 s. From 100 ms to one hour.</value>
    public TimeSpan MonitorInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Returns what is wrong with these options, one sentence each; nothing when they are good.</summary>
    internal IEnumerable<string> Problems()
    {
        if (DefaultPropagationDelay < TimeSpan.Zero || DefaultPropagationDelay > TimeSpan.FromDays(1))
        {
            yield return $"DefaultPropagationDelay is {DefaultPropagationDelay}; it goes from 0 to one day.";
        }

        if (CatalogPollInterval < TimeSpan.FromMilliseconds(10) || CatalogPollInterval > TimeSpan.FromMinutes(1))
        {
            yield return $"CatalogPollInterval is {CatalogPollInterval}; it goes from 10 ms to one minute.";
        }

        if (LockTimeout < TimeSpan.FromMilliseconds(1) || LockTimeout > TimeSpan.FromMinutes(1))
        {
            yield return $"LockTimeout is {LockTimeout}; it goes from 1 ms to one minute.";
        }

        if (MonitorInterval < TimeSpan.FromMilliseconds(100) || MonitorInterval > TimeSpan.FromHours(1))
        {
            yield return $"MonitorInterval is {MonitorInterval}; it goes from 100 ms to one hour.";
        }

        foreach (var problem in Propagation.Problems().Concat(Backpressure.Problems()).Concat(Verification.Problems())
            .Concat(TimeToLive.Problems()))
        {
            yield return problem;
        }
    }

    /// <summary>Returns a copy that later changes of this one do not reach.</summary>
    internal ExtendDbOptions Copy() => new()
    {
        DefaultPropagationDelay = DefaultPropagationDelay,
        CatalogPollInterval = CatalogPollInterval,
        LockTimeout = LockTimeout,
        MonitorInterval = MonitorInterval,
        Propagation = Propagation.Copy(),
        Backpressure = Backpressure.Copy(),
        Verification = Verification.Copy(),
        TimeToLive = TimeToLive.Copy(),
    };

    /// <summary>Refuses other options than these for a database that has one runtime.</summary>
    /// <param name="others">The other options.</param>
    /// <param name="database">The name of the database.</param>
    /// <exception cref="InvalidOperationException">They differ; the message names the first difference.</exception>
    internal void DemandSame(ExtendDbOptions others, string database)
    {
        var differing = Values().Zip(others.Values()).FirstOrDefault(pair => pair.First != pair.Second);
        if (differing != default)
        {
            throw new InvalidOperationException(
                $"Database {database} is used with other options by this process already: {differing.First.Name} is "
                + $"{differing.First.Value} there, and {differing.Second.Value} here. One data source has one set of "
                + "options; give both registrations the same, or each a data source of its own.");
        }
    }

    private IEnumerable<(string Name, string Value)> Values() =>
    [
        (nameof(DefaultPropagationDelay), $"{DefaultPropagationDelay}"),
        (nameof(CatalogPollInterval), $"{CatalogPollInterval}"),
        (nameof(LockTimeout), $"{LockTimeout}"),
        (nameof(MonitorInterval), $"{MonitorInterval}"),
        .. Propagation.Values(),
        .. Backpressure.Values(),
        .. Verification.Values(),
        .. TimeToLive.Values(),
    ];
}
