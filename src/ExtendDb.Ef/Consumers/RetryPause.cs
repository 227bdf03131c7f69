namespace ExtendDb.Ef.Consumers;

/// <summary>The pauses between tries.</summary>
internal static class RetryPause
{
    private const int Doublings = 16;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstOfSetAside = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestOfSetAside = TimeSpan.FromHours(1);

    /// <summary>Returns the pause after a failed try.</summary>
    /// <param name="attempt">How many have failed, this one included.</param>
    public static TimeSpan Of(int attempt) => Double(First, attempt - 1, Longest);

    /// <summary>Returns the pause after a failed try of a record that is set aside.</summary>
    /// <param name="attempts">How many have failed since it was set aside.</param>
    public static TimeSpan OfSetAside(int attempts) => Double(FirstOfSetAside, attempts, LongestOfSetAside);

    private static TimeSpan Double(TimeSpan first, int times, TimeSpan longest)
    {
        var pause = first * Math.Pow(2, Math.Min(times, Doublings));
        return pause < longest ? pause : longest;
    }
}
