using System.Globalization;

namespace ExtendDb.Ef.Storage.Definitions;

/// <summary>The label of a stream: the time at which it was enabled, as in DynamoDB.</summary>
internal static class StreamLabel
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.fff";

    /// <summary>Returns the label of a new stream of a table, which differs from that of the stream before.</summary>
    public static string After(string? last, DateTimeOffset now)
    {
        var at = now.UtcDateTime;
        if (last is not null)
        {
            var before = DateTime.ParseExact(last, Format, CultureInfo.InvariantCulture).AddMilliseconds(1);
            at = before > at ? before : at;
        }

        return at.ToString(Format, CultureInfo.InvariantCulture);
    }
}
