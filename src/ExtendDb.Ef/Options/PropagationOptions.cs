using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef;

/// <summary>The options of the worker that applies markers to the global indexes.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.AttributeOfOptions)]
public sealed class PropagationOptions
{
    /// <summary>Gets or sets whether AddExtendDb starts a worker in this process.</summary>
    /// <value>The default is true. False leaves the work to the workers of other processes.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the number of batches that this process applies in parallel.</summary>
    /// <value>The default is 2. From 1 to 64, the number of slots.</value>
    [Range(1, 64)]
    public int Loops { get; set; } = 2;

    /// <summary>
    /// Gets or sets the largest number of markers of a batch; the worker adapts its batches below that.
    /// </summary>
    /// <value>The default is 4,000. From 1 to 20,000.</value>
    [Range(1, 20_000)]
    public int MaxBatchSize { get; set; } = 4_000;

    /// <summary>
    /// Gets or sets the largest size of the items of a batch, in bytes; a batch has one item at least, whatever its size.
    /// </summary>
    /// <value>
    /// The default is 8 MB. From 1 MB to 1 GB. Each of the Loops needs up to about ten times as much memory: for the documents,
    /// their attributes, and what the collector has not collected yet.
    /// </value>
    [Range(1_048_576, 1_073_741_824)]
    public int MaxBatchBytes { get; set; } = 8_388_608;

    /// <summary>
    /// Gets or sets the shortest interval at which a loop polls for markers of other processes, used while it is busy.
    /// </summary>
    /// <value>The default is 50 ms. From 1 ms to MaxPollInterval.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan MinPollInterval { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Gets or sets the longest interval at which a loop polls for markers of other processes, used while it is idle.
    /// </summary>
    /// <value>The default is 1 s. From MinPollInterval to one minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan MaxPollInterval { get; set; } = TimeSpan.FromSeconds(1);

    internal PropagationOptions Copy() => (PropagationOptions)MemberwiseClone();

    internal IEnumerable<(string Name, string Value)> Values() =>
    [
        ($"Propagation.{nameof(Enabled)}", $"{Enabled}"),
        ($"Propagation.{nameof(Loops)}", $"{Loops}"),
        ($"Propagation.{nameof(MaxBatchSize)}", $"{MaxBatchSize}"),
        ($"Propagation.{nameof(MaxBatchBytes)}", $"{MaxBatchBytes}"),
        ($"Propagation.{nameof(MinPollInterval)}", $"{MinPollInterval}"),
        ($"Propagation.{nameof(MaxPollInterval)}", $"{MaxPollInterval}"),
    ];
}
