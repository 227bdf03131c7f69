using System.Globalization;

namespace ExtendDb.Ef;

/// <summary>The options of a consumer of a stream.</summary>
public sealed class StreamConsumerOptions
{
    private string? _table;
    private int _maxRecords = 100;
    private int _attempts = 10;
    private TimeSpan _handlerTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the most records of a call.</summary>
    /// <value>The default is 100. From 1 to 1,000.</value>
    public int MaxRecords
    {
        get => _maxRecords;
        set => _maxRecords = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Gets or sets the time after which the call of a handler is cancelled, and fails.</summary>
    /// <value>The default is 30 s. From 100 ms to 10 minutes.</value>
    public TimeSpan HandlerTimeout
    {
        get => _handlerTimeout;
        set => _handlerTimeout = value >= TimeSpan.FromMilliseconds(100) && value <= TimeSpan.FromMinutes(10)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Gets or sets how often a record is tried before <see cref="WhenFailed"/> applies.</summary>
    /// <value>
    /// The default is 10. From 1 to 1,000. The pauses begin with 100 ms and double up to a minute. After the first failure of
    /// several records, each is tried alone.
    /// </value>
    public int Attempts
    {
        get => _attempts;
        set => _attempts = value is >= 1 and <= 1_000 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Gets or sets what happens to a record that has failed too often.</summary>
    /// <value>The default is StopShard, which keeps the order of changes.</value>
    public StreamFailure WhenFailed { get; set; }

    /// <summary>Gets or sets what happens when records were trimmed that the consumer has not handled.</summary>
    /// <value>The default is StopShard.</value>
    public StreamBehind WhenBehind { get; set; }

    internal string TableName => _table ?? throw new InvalidOperationException("A stream consumer needs a table: o.Table(\"Music\").");

    internal string Start { get; private set; } = "TRIM_HORIZON";

    internal DateTimeOffset? StartTime { get; private set; }

    /// <summary>Gets what must be equal in all processes that run the consumer.</summary>
    internal string Settings => string.Create(
        CultureInfo.InvariantCulture, $"start {Start} {StartTime:O}, failed {WhenFailed}, behind {WhenBehind}");

    /// <summary>Chooses the table whose stream is consumed; it need not exist yet, nor have a stream.</summary>
    /// <param name="name">The name of the table.</param>
    /// <returns>The same options.</returns>
    public StreamConsumerOptions Table(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _table = name;
        return this;
    }

    /// <summary>Starts with the oldest record, which is the default.</summary>
    /// <returns>The same options.</returns>
    /// <remarks>A start holds for a consumer that runs for the first time; afterwards it goes on from its places.</remarks>
    public StreamConsumerOptions StartAtBeginning() => StartAt("TRIM_HORIZON", null);

    /// <summary>Starts behind the last record.</summary>
    /// <returns>The same options.</returns>
    public StreamConsumerOptions StartAtNow() => StartAt("LATEST", null);

    /// <summary>Starts with the first record of an instant or later.</summary>
    /// <param name="instant">The instant, by the database's clock.</param>
    /// <returns>The same options.</returns>
    public StreamConsumerOptions StartAt(DateTimeOffset instant) => StartAt("AT_TIMESTAMP", instant.ToUniversalTime());

    private StreamConsumerOptions StartAt(string start, DateTimeOffset? instant)
    {
        (Start, StartTime) = (start, instant);
        return this;
    }
}
