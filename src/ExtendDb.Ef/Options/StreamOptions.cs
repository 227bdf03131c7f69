using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef;

/// <summary>The options of the worker for streams.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.AttributeOfOptions)]
public sealed class StreamOptions
{
    /// <summary>Gets or sets how long a record can be read, and a disabled stream is listed.</summary>
    /// <value>The default is 24 hours, as in DynamoDB. From one second to 365 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets the size of all records above which <see cref="WhenFull"/> applies, in bytes.</summary>
    /// <value>
    /// The default is null, no limit. From 1 MB. The size is that of keys and images as DynamoDB counts it; on disk, records take
    /// more or less, as PostgreSQL adds to them and compresses them.
    /// </value>
    [Range(1_048_576, long.MaxValue)]
    public long? MaxBytes { get; set; }

    /// <summary>Gets or sets what happens when the records are larger than <see cref="MaxBytes"/>.</summary>
    /// <value>The default is Warn.</value>
    public StreamOverflow WhenFull { get; set; }

    /// <summary>Gets or sets the pause between two looks for records that are older than <see cref="Retention"/>.</summary>
    /// <value>The default is one minute. From 100 ms to one hour.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan TrimInterval { get; set; } = TimeSpan.FromMinutes(1);

    internal StreamOptions Copy() => (StreamOptions)MemberwiseClone();

    internal IEnumerable<(string Name, string Value)> Values() =>
    [
        ($"Streams.{nameof(Retention)}", $"{Retention}"),
        ($"Streams.{nameof(MaxBytes)}", $"{MaxBytes}"),
        ($"Streams.{nameof(WhenFull)}", $"{WhenFull}"),
        ($"Streams.{nameof(TrimInterval)}", $"{TrimInterval}"),
    ];
}
