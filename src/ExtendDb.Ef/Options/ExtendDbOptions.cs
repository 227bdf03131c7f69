using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef;

/// <summary>The options of this process for an ExtendDb database.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.AttributeOfOptions)]
public sealed class ExtendDbOptions
{
    /// <summary>
    /// Gets or sets the delay between a change and its application to an index without a delay of its own.
    /// </summary>
    /// <value>The default is 10 ms. From 0, which applies it before the write returns, to one day.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan DefaultPropagationDelay { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>
    /// Gets or sets the age from which the definitions in memory are compared with the database before they are used.
    /// </summary>
    /// <value>The default is 1 s. From 10 ms to one minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan CatalogPollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets how long a write waits for an item that another transaction has locked, before it is refused.
    /// </summary>
    /// <value>
    /// The default is 5 s. From 1 ms to one minute. In a transaction of the caller the server's lock_timeout applies.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the region in the ARNs of tables and indexes.</summary>
    /// <value>The default is local. One to 63 of <c>a-z 0-9 -</c>.</value>
    /// <remarks>An ARN of another region in a request names the table too.</remarks>
    [Required]
    [RegularExpression("[a-z0-9-]{1,63}")]
    public string Region { get; set; } = "local";

    /// <summary>Gets or sets the id of the account in the ARNs of tables and indexes.</summary>
    /// <value>The default is 000000000000. Twelve digits.</value>
    /// <remarks>An ARN of another account in a request names the table too.</remarks>
    [Required]
    [RegularExpression("[0-9]{12}")]
    public string AccountId { get; set; } = "000000000000";

    /// <summary>Gets the options of the worker.</summary>
    [ValidateObjectMembers]
    public PropagationOptions Propagation { get; init; } = new();

    /// <summary>Gets the options that bound the lag of the global indexes.</summary>
    [ValidateObjectMembers]
    public GsiBackpressureOptions Backpressure { get; init; } = new();

    /// <summary>Gets the options of the periodic verification, which compares all indexes with their items.</summary>
    [ValidateObjectMembers]
    public VerificationOptions Verification { get; init; } = new();

    /// <summary>Gets the options of the deletion of expired items.</summary>
    [ValidateObjectMembers]
    public TimeToLiveOptions TimeToLive { get; init; } = new();

    /// <summary>Gets the options of the worker for streams.</summary>
    [ValidateObjectMembers]
    public StreamOptions Streams { get; init; } = new();

    /// <summary>
    /// Gets or sets the interval at which the queue is read for the gauges of ExtendDb.Gsi while somebody listens.
    /// </summary>
    /// <value>The default is 5 s. From 100 ms to one hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan MonitorInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Returns a copy that later changes of these options do not affect.</summary>
    internal ExtendDbOptions Copy() => new()
    {
        DefaultPropagationDelay = DefaultPropagationDelay,
        CatalogPollInterval = CatalogPollInterval,
        LockTimeout = LockTimeout,
        MonitorInterval = MonitorInterval,
        Region = Region,
        AccountId = AccountId,
        Propagation = Propagation.Copy(),
        Backpressure = Backpressure.Copy(),
        Verification = Verification.Copy(),
        TimeToLive = TimeToLive.Copy(),
        Streams = Streams.Copy(),
    };

    /// <summary>Refuses options that differ from these for the same database, which has only one runtime.</summary>
    /// <param name="others">The other options.</param>
    /// <param name="database">The name of the database.</param>
    /// <exception cref="InvalidOperationException">The options differ; the message names the first difference.</exception>
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
        (nameof(Region), Region),
        (nameof(AccountId), AccountId),
        .. Propagation.Values(),
        .. Backpressure.Values(),
        .. Verification.Values(),
        .. TimeToLive.Values(),
        .. Streams.Values(),
    ];
}
