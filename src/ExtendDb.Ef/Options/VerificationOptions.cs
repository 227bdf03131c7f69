namespace ExtendDb.Ef;

/// <summary>Whether and how this process compares all indexes with their items, again and again.</summary>
public sealed class VerificationOptions
{
    /// <summary>Gets or sets how long after one comparison of all indexes the next one begins.</summary>
    /// <value>The default is null: never. From one minute.</value>
    public TimeSpan? Interval { get; set; }

    /// <summary>Gets or sets how many items a second are compared at most, an item once for each index of its table.</summary>
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
