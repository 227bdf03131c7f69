using System.Globalization;

namespace ExtendDb.Ef.Streams;

/// <summary>Writes the number of a record as a SequenceNumber, and reads it.</summary>
internal static class SequenceNumber
{
    /// <summary>The bounds of the length of a SequenceNumber. Source: DynamoDB API, GetShardIterator.</summary>
    public const int MinLength = 21;
    public const int MaxLength = 40;

    public static string Of(long number) => number.ToString("D21", CultureInfo.InvariantCulture);

    /// <summary>Returns the number that a text stands for; null when no record can have it.</summary>
    public static long? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
