using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;

namespace ExtendDb.Ef;

/// <summary>The options of the periodic comparison of all indexes with their items.</summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimming.AttributeOfOptions)]
public sealed class VerificationOptions
{
    /// <summary>Gets or sets the pause between two comparisons of all indexes.</summary>
    /// <value>The default is null, which turns the comparison off. From one minute.</value>
    [Range(typeof(TimeSpan), "00:01:00", "10675199.02:48:05", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)]
    public TimeSpan? Interval { get; set; }

    /// <summary>
    /// Gets or sets the largest number of items compared in a second; an item counts once for each index of its table.
    /// </summary>
    /// <value>The default is 2,000. From 1.</value>
    [Range(1, int.MaxValue)]
    public int ItemsPerSecond { get; set; } = 2_000;

    internal VerificationOptions Copy() => (VerificationOptions)MemberwiseClone();

    internal IEnumerable<(string Name, string Value)> Values() =>
    [
        ($"Verification.{nameof(Interval)}", $"{Interval}"),
        ($"Verification.{nameof(ItemsPerSecond)}", $"{ItemsPerSecond}"),
    ];
}
