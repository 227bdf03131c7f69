using System.Globalization;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>When a request was signed, in whole seconds.</summary>
internal sealed class SigningTime
{
    private const string BasicFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    // DynamoDB's own; some services of AWS take 15 minutes.
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(5);

    private readonly DateTimeOffset _instant;

    private SigningTime(DateTimeOffset instant)
    {
        _instant = instant;
        Day = instant.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    }

    /// <summary>Gets the day in UTC, as the scope of a signature names it.</summary>
    public string Day { get; }

    /// <summary>Reads a date in ISO 8601's basic format, or in that of the Date header.</summary>
    /// <exception cref="IncompleteSignatureException">It has another format.</exception>
    public static SigningTime Parse(string date) =>
        DateTimeOffset.TryParseExact(date, [BasicFormat, "r"], CultureInfo.InvariantCulture, Utc, out var instant)
            ? new(instant)
            : throw new IncompleteSignatureException(
                $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601");

    /// <summary>Refuses a request that was signed too long ago, or in the future.</summary>
    /// <param name="now">The time of the server.</param>
    /// <param name="lifetime">How long the signature is valid; null for as long as clocks may differ.</param>
    /// <exception cref="InvalidSignatureException">The signature is valid no more, or not yet.</exception>
    public void ThrowUnlessCurrent(DateTimeOffset now, TimeSpan? lifetime)
    {
        // Whole seconds, as signed: else a message could say that a second is earlier than itself.
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

    /// <summary>Returns the time in ISO 8601's basic format, as it is signed.</summary>
    public override string ToString() => Basic(_instant);

    private static string Basic(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(BasicFormat, CultureInfo.InvariantCulture);

    private static string Shown(TimeSpan time) => time.Ticks % TimeSpan.TicksPerMinute == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes} min.")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds} sec.");
}
