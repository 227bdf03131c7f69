namespace ExtendDb.Ef;

/// <summary>How the lag of the global indexes is bounded by the writes of this process.</summary>
/// <remarks>
/// The lag of an index is how long ago its oldest marker became due. It is read at most every 250 ms, and less often when
/// that takes long. Entries in quarantine do not count.
/// </remarks>
public sealed class GsiBackpressureOptions
{
    private static readonly TimeSpan LongestPacingLag = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets what happens to writes when the global indexes of their table lag.</summary>
    /// <value>The default is <see cref="GsiBackpressure.Assist"/>.</value>
    public GsiBackpressure Mode { get; set; } = GsiBackpressure.Assist;

    /// <summary>Gets or sets the limit of the lag.</summary>
    /// <value>The default is 10 s. From 10 ms to one day.</value>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets what is different for some tables, by their names.</summary>
    /// <value>The default is nothing.</value>
    public IDictionary<string, TableBackpressureOptions> Tables { get; init; } =
        new Dictionary<string, TableBackpressureOptions>(StringComparer.Ordinal);

    /// <summary>Returns what counts for a table.</summary>
    internal (GsiBackpressure Mode, TimeSpan Limit) Of(string table) =>
        Tables.TryGetValue(table, out var own) ? (own.Mode ?? Mode, own.Limit ?? Limit) : (Mode, Limit);

    /// <summary>
    /// Gets at which lag what enqueues by itself stops: its markers stand in one queue with those of writers, which must not
    /// be slowed because of it.
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

    internal IEnumerable<string> Problems()
    {
        foreach (var (where, mode, limit) in Tables
            .Select(table => ($"Backpressure.Tables[{table.Key}]", table.Value.Mode ?? Mode, table.Value.Limit ?? Limit))
            .Prepend(("Backpressure", Mode, Limit)))
        {
            if (!Enum.IsDefined(mode))
            {
                yield return $"{where}.Mode is {mode}; it is Off, Delay, Assist or Reject.";
            }

            if (limit < TimeSpan.FromMilliseconds(10) || limit > TimeSpan.FromDays(1))
            {
                yield return $"{where}.Limit is {limit}; it goes from 10 ms to one day.";
            }
        }
    }

    /// <summary>Returns a copy that later changes of this one do not reach.</summary>
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
