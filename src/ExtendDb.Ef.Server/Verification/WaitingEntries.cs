using ExtendDb.Ef.IndexLifecycle;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>Says how many entries differ that are not counted as wrong, so that nobody takes them for right.</summary>
internal static class WaitingEntries
{
    public static void Print(IEnumerable<VerifiedIndex> verified)
    {
        var waiting = verified.Sum(index => index.Waiting);
        if (waiting > 0)
        {
            Console.WriteLine(
                $"{waiting:N0} entries differ for now: a worker has yet to apply them, or they are in quarantine "
                + "(extenddb quarantine list).");
        }
    }
}
