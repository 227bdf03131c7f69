using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef;

/// <summary>The options by which writes bound the lag of the global indexes of one table.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.AttributeOfOptions)]
public sealed class TableBackpressureOptions
{
    /// <summary>Gets or sets the treatment of writes while the global indexes of the table lag.</summary>
    /// <value>The default is null, which uses <see cref="GsiBackpressureOptions.Mode"/>.</value>
    [EnumDataType(typeof(GsiBackpressure))]
    public GsiBackpressure? Mode { get; set; }

    /// <summary>
    /// Gets or sets the lag at which writes to the table are refused, and in relation to which they are delayed.
    /// </summary>
    /// <value>The default is null, which uses <see cref="GsiBackpressureOptions.Limit"/>. From 10 ms to one day.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan? Limit { get; set; }
}
