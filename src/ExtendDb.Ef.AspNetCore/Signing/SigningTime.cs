using System.Globalization;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The time at which a request was signed, in whole seconds.</summary>
internal sealed class SigningTime
{
    private const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    // DynamoDB's limit; some services of AWS accept 15 minutes.
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    private readonly DateTimeOffset _instant;

    private SigningTime(DateTimeOffset instant)
    {
        _instant = instant;
        Day = instant.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    }

    /// <summary>Gets the day in UTC, in the format of a signature's scope.</summary>
    public string Day { get; }

    /// <summary>Parses a date in ISO 8601's basic format, or in the format of the Date header.</summary>
    /// <exception cref="IncompleteSignatureException">The date has another format.</exception>
    public static SigningTime Parse(string date) =>
        DateTimeOffset.TryParseExact(date, [BasicFormat, "r"], CultureInfo.InvariantCulture, Utc, out var instant)
            ? new(instant)
            : throw new IncompleteSignatureException(
                $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");

    /// <summary>Refuses a request that was signed too long ago, or in the future.</summary>
    /// <param name="now">The time of the server.</param>
    /// <param name="lifetime">The time for which the signature is valid; null for the largest difference of clocks.</param>
    /// <exception cref="InvalidSignatureException">The signature is no longer valid, or not valid yet.</exception>
    public void ThrowUnlessCurrent(DateTimeOffset now, TimeSpan? lifetime)
    {
        // Whole seconds, like the signed time; otherwise a message could say that a second is earlier than itself.
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var maxAge = lifetime ?? MaxSkew;
        if (now - _instant > maxAge)
        {
            throw new InvalidSignatureException(
                $"Signature expired: {this} is now earlier than {Basic(now - maxAge)} ({Basic(now)} - {Shown(maxAge)})");
        }

        if (_instant - now > MaxSkew)
        {
            throw new InvalidSignatureException(
                $"Signature not yet current: {this} is still later than {Basic(now + MaxSkew)} "
                + $"({Basic(now)} + {Shown(MaxSkew)})");
        }
    }

    /// <summary>Returns the time in ISO 8601's basic format, which is the signed form.</summary>
    public override string ToString() => Basic(_instant);

    private static string Basic(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(BasicFormat, CultureInfo.InvariantCulture);

    private static string Shown(TimeSpan time) => time.Ticks % TimeSpan.TicksPerMinute == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes} min.")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} sec.");
}
