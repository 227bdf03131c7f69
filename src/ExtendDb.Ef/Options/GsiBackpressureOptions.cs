using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef;

/// <summary>The options by which the writes of this process bound the lag of the global indexes.</summary>
/// <remarks>
/// The lag of an index is the time since its oldest marker became due. It is read at most every 250 ms, and less often
/// when reading takes long. Entries in quarantine do not count.
/// </remarks>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.AttributeOfOptions)]
public sealed class GsiBackpressureOptions
{
    private static readonly TimeSpan LongestPacingLag = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the treatment of writes while the global indexes of their table lag.</summary>
    /// <value>The default is <see cref="GsiBackpressure.Assist"/>.</value>
    [EnumDataType(typeof(GsiBackpressure))]
    public GsiBackpressure Mode { get; set; } = GsiBackpressure.Assist;

    /// <summary>Gets or sets the lag at which writes are refused, and in relation to which they are delayed.</summary>
    /// <value>The default is 10 s. From 10 ms to one day.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the differing options of some tables, by table name.</summary>
    /// <value>The default is empty.</value>
    public IDictionary<string, TableBackpressureOptions> Tables { get; init; } =
        new Dictionary<string, TableBackpressureOptions>(StringComparer.Ordinal);

    /// <summary>Returns the mode and the limit of a table.</summary>
    internal (GsiBackpressure Mode, TimeSpan Limit) Of(string table) =>
        Tables.TryGetValue(table, out var own) ? (own.Mode ?? Mode, own.Limit ?? Limit) : (Mode, Limit);

    /// <summary>
    /// Gets the lag above which background work stops enqueueing, because its markers share the queue with those of
    /// writers, which must not be slowed by it.
    /// </summary>
    internal TimeSpan PacingLag
    {
        get
        {
            var limits = Tables.Keys.Select(Of).Append((Mode, Limit)).Where(each => each.Mode != GsiBackpressure.Off)
                .Select(each => each.Limit / 4).Append(LongestPacingLag);
            return limits.Min();
        }
    }

    /// <summary>Returns a copy that later changes of these options do not affect.</summary>
    internal GsiBackpressureOptions Copy() => new()
    {
        Mode = Mode,
        Limit = Limit,
        Tables = Tables.ToDictionary(
            table => table.Key,
            table => new TableBackpressureOptions { Mode = table.Value.Mode, Limit = table.Value.Limit },
            StringComparer.Ordinal),
    };

    internal IEnumerable<(string Name, string Value)> Values() =>
    [
        ("Backpressure.Mode", $"{Mode}"),
        ("Backpressure.Limit", $"{Limit}"),
        ("Backpressure.Tables", string.Join(", ", Tables.OrderBy(table => table.Key, StringComparer.Ordinal)
            .Select(table => $"{table.Key}: {table.Value.Mode?.ToString() ?? "as all"} {table.Value.Limit}"))),
    ];
}
