namespace ExtendDb.Ef.ServerTests;

/// <summary>Waits for what becomes true a little later: an index that follows its table, the state of a table.</summary>
internal static class Polling
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads again and again until it is enough.</summary>
    /// <exception cref="TimeoutException">It was not enough at the deadline; the message shows what was read last.</exception>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> enough)
    {
        var deadline = DateTime.UtcNow + Deadline;
        while (true)
        {
            var last = await read();
            if (enough(last))
            {
                return last;
            }

            if (DateTime.UtcNow > deadline)
            {
                throw new TimeoutException($"Still {last} after {Deadline.TotalSeconds} s.");
            }

            await Task.Delay(Pause);
        }
    }
}
