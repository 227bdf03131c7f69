using System.Globalization;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>Reads what processes have spent of the processors, from Linux's /proc.</summary>
internal static class ProcessorTime
{
    // Linux shows all times in hundredths of a second.
    private const double TicksPerSecond = 100;

    /// <summary>Returns the processor time of a process and of all its children, also of those that have ended.</summary>
    public static TimeSpan OfTree(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
            .Select(folder => Read(Path.Combine(folder, "stat"))).OfType<Times>().ToList();
        var tree = new HashSet<int> { root };
        for (var size = 0; size < tree.Count;)
        {
            size = tree.Count;
            tree.UnionWith(all.Where(times => tree.Contains(times.Parent)).Select(times => times.Id).ToList());
        }

        return TimeSpan.FromSeconds(
            all.Where(times => tree.Contains(times.Id)).Sum(times => times.Own + times.OfEnded) / TicksPerSecond);
    }

    private static Times? Read(string stat)
    {
        string text;
        try
        {
            text = File.ReadAllText(stat);
        }
        catch (IOException)
        {
            // No process, or one that has just ended.
            return null;
        }

        // The name of the program, in parentheses, may hold anything.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        long Field(int n) => long.Parse(fields[n - 3], CultureInfo.InvariantCulture);
        return new(
            int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture),
            (int)Field(4),
            Field(14) + Field(15),
            Field(16) + Field(17));
    }

    private sealed record Times(int Id, int Parent, long Own, long OfEnded);
}
