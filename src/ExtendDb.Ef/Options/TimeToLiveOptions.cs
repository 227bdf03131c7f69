using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef;

/// <summary>The options for the deletion of expired items.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.AttributeOfOptions)]
public sealed class TimeToLiveOptions
{
    /// <summary>Gets or sets whether the worker of this process deletes expired items.</summary>
    /// <value>
    /// The default is true. False leaves the deletion to other processes, as Propagation.Enabled = false does.
    /// </value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the pause between two scans of a table for expired items.</summary>
    /// <value>
    /// The default is one minute. From 100 ms to one day. After a long scan the pause is 20 times the duration of the
    /// scan.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    internal TimeToLiveOptions Copy() => (TimeToLiveOptions)MemberwiseClone();

    internal IEnumerable<(string Name, string Value)> Values() =>
    [
        ($"TimeToLive.{nameof(Enabled)}", $"{Enabled}"),
        ($"TimeToLive.{nameof(SweepInterval)}", $"{SweepInterval}"),
    ];
}
