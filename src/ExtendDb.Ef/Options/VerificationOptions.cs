namespace ExtendDb.Ef;

/// <summary>The options of the periodic comparison of all indexes with their items.</summary>
public sealed class VerificationOptions
{
    /// <summary>Gets or sets the pause between two comparisons of all indexes.</summary>
    /// <value>The default is null, which turns the comparison off. From one minute.</value>
    public TimeSpan? Interval { get; set; }

    /// <summary>
    /// Gets or sets the largest number of items compared in a second; an item counts once for each index of its table.
    /// </summary>
    /// <value>The default is 2,000. From 1.</value>
    public int ItemsPerSecond { get; set; } = 2_000;

    internal VerificationOptions Copy() => (VerificationOptions)MemberwiseClone();

    internal IEnumerable<(string Name, string Value)> Values() =>
    [
        ($"Verification.{nameof(Interval)}", $"{Interval}"),
        ($"Verification.{nameof(ItemsPerSecond)}", $"{ItemsPerSecond}"),
    ];

    internal IEnumerable<string> Problems()
    {
        if (Interval < TimeSpan.FromMinutes(1))
        {
            yield return $"Verification.Interval is {Interval}; it goes from one minute, or is null.";
        }

        if (ItemsPerSecond < 1)
        {
            yield return $"Verification.ItemsPerSecond is {ItemsPerSecond}; it goes from 1.";
        }
    }
}
