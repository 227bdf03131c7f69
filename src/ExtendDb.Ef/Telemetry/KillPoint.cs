using System.Diagnostics;
using System.Globalization;

namespace ExtendDb.Ef.Telemetry;

/// <summary>
/// The named points at which a crash test lets this process kill itself; without the variable they cost nothing.
/// </summary>
/// <remarks>The variable holds a name, or <c>name:3</c> for the third time that the point is reached.</remarks>
internal static class KillPoint
{
    public const string Variable = "EXTENDDB_KILL_AT";

    /// <summary>A write has locked its items; a direct one has read its item without a lock.</summary>
    public const string WriterLocked = "writer.locked";

    /// <summary>A write has saved its items and markers, and its transaction is open; a direct one has committed.</summary>
    public const string WriterSaved = "writer.saved";

    /// <summary>A write has committed, and has not woken the worker.</summary>
    public const string WriterCommitted = "writer.committed";

    /// <summary>A batch has taken the turn of its slots.</summary>
    public const string WorkerLocked = "worker.locked";

    /// <summary>A batch has claimed its markers.</summary>
    public const string WorkerClaimed = "worker.claimed";

    /// <summary>A batch has written its entries; its transaction is open.</summary>
    public const string WorkerApplied = "worker.applied";

    /// <summary>A batch has committed.</summary>
    public const string WorkerCommitted = "worker.committed";

    /// <summary>The turn of shards of streams is taken.</summary>
    public const string StreamLocked = "stream.locked";

    /// <summary>Records of streams have got their numbers; the transaction is open.</summary>
    public const string StreamNumbered = "stream.numbered";

    /// <summary>A consumer has taken the turn in a shard.</summary>
    public const string ConsumerLocked = "consumer.locked";

    /// <summary>A handler has returned, and its changes are saved; the transaction is open.</summary>
    public const string ConsumerHandled = "consumer.handled";

    /// <summary>The place of a consumer is saved; the transaction is open.</summary>
    public const string ConsumerAdvanced = "consumer.advanced";

    /// <summary>The effect and the place of a consumer are committed.</summary>
    public const string ConsumerCommitted = "consumer.committed";

    // Read once: the compiler leaves out the code behind a constant null.
    private static readonly string? Name = Environment.GetEnvironmentVariable(Variable)?.Split(':')[0];

    private static int _left = Environment.GetEnvironmentVariable(Variable)?.Split(':') is [_, var times]
        ? int.Parse(times, CultureInfo.InvariantCulture)
        : 1;

    /// <summary>Kills this process when the variable names this point.</summary>
    public static void Reach(string point)
    {
        if (Name is not null && Name == point && Interlocked.Decrement(ref _left) == 0)
        {
            // SIGKILL on Unix; nothing more is done while it is on its way.
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
