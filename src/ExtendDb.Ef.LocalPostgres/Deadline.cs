using System.Diagnostics;

namespace ExtendDb.Ef.Local;

/// <summary>The instant until which something is tried again.</summary>
internal readonly struct Deadline(TimeSpan after)
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly TimeSpan _after = after;

    internal bool IsOver => Stopwatch.GetElapsedTime(_start) > _after;
}
