using System.Diagnostics;

namespace ExtendDb.Ef.Benchmarks;

/// <summary>
/// Measures ours beside a peer in short rounds, one of each in turn, and takes the median: what else the
/// machine does then falls on both, and a round that it spoils does not count.
/// </summary>
internal static class PairedRounds
{
    private const int Pairs = 11;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    /// <summary>What one operation reached.</summary>
    /// <param name="OpsPerS">Our calls per second, all workers together.</param>
    /// <param name="PeerPerS">The peer's.</param>
    /// <param name="Ratio">The median of the pairs' ratios; not exactly the quotient of the two medians.</param>
    /// <param name="P50Ms">The time that half of our calls took at most.</param>
    /// <param name="P99Ms">The time that all but one in a hundred of them took at most.</param>
    /// <param name="PeerP50Ms">As P50Ms, of the peer.</param>
    /// <param name="PeerP99Ms">As P99Ms, of the peer.</param>
    /// <param name="CpuUs">The processor time of a call in microseconds; null when it was not measured.</param>
    /// <param name="PeerCpuUs">As CpuUs, of the peer.</param>
    public sealed record Figures(
        double OpsPerS,
        double PeerPerS,
        double Ratio,
        double P50Ms,
        double P99Ms,
        double PeerP50Ms,
        double PeerP99Ms,
        double? CpuUs,
        double? PeerCpuUs);

    /// <summary>Measures one operation.</summary>
    /// <param name="own">Our workers.</param>
    /// <param name="peer">The peer's workers, as many.</param>
    /// <param name="operation">What each worker does, again and again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="ownCpu">Returns the processor time that our side has spent so far; null does not measure it.</param>
    /// <param name="peerCpu">As ownCpu, of the peer.</param>
    public static async Task<Figures> MeasureAsync(
        IReadOnlyList<IDataPlane> own,
        IReadOnlyList<IDataPlane> peer,
        Func<IDataPlane, CancellationToken, Task> operation,
        CancellationToken cancellationToken,
        Func<TimeSpan>? ownCpu = null,
        Func<TimeSpan>? peerCpu = null)
    {
        // Not measured: code is compiled in the first seconds.
        await RunAsync(own, operation, WarmUp, [], cancellationToken);
        await RunAsync(peer, operation, WarmUp, [], cancellationToken);
        var pairs = new List<(double Own, double Peer)>();
        var times = new List<double>();
        var peerTimes = new List<double>();
        var (spent, peerSpent) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < Pairs; i++)
        {
            // The order changes, so that neither always has the other's checkpoint behind it.
            var before = i % 2 == 0 ? 0 : await PeerAsync();
            var began = ownCpu?.Invoke();
            var ours = await RunAsync(own, operation, Round, times, cancellationToken);
            spent += ownCpu?.Invoke() - began ?? TimeSpan.Zero;
            pairs.Add((ours, i % 2 == 0 ? await PeerAsync() : before));
        }

        return new(
            Quantile(pairs.Select(pair => pair.Own), 0.5),
            Quantile(pairs.Select(pair => pair.Peer), 0.5),
            Quantile(pairs.Select(pair => pair.Own / pair.Peer), 0.5),
            Quantile(times, 0.5),
            Quantile(times, 0.99),
            Quantile(peerTimes, 0.5),
            Quantile(peerTimes, 0.99),
            ownCpu is null ? null : spent.TotalMicroseconds / times.Count,
            peerCpu is null ? null : peerSpent.TotalMicroseconds / peerTimes.Count);

        async Task<double> PeerAsync()
        {
            var began = peerCpu?.Invoke();
            var perS = await RunAsync(peer, operation, Round, peerTimes, cancellationToken);
            peerSpent += peerCpu?.Invoke() - began ?? TimeSpan.Zero;
            return perS;
        }
    }

    /// <summary>Measures the first calls of a process, without warming it up.</summary>
    /// <returns>Calls per second.</returns>
    public static Task<double> MeasureFirstAsync(
        IReadOnlyList<IDataPlane> workers,
        Func<IDataPlane, CancellationToken, Task> operation,
        TimeSpan time,
        CancellationToken cancellationToken) => RunAsync(workers, operation, time, [], cancellationToken);

    /// <summary>Lets all workers run for some time.</summary>
    /// <returns>Calls per second.</returns>
    private static async Task<double> RunAsync(
        IReadOnlyList<IDataPlane> workers,
        Func<IDataPlane, CancellationToken, Task> operation,
        TimeSpan time,
        List<double> times,
        CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var runs = await Task.WhenAll(workers.Select(worker => Task.Run(
            async () =>
            {
                var own = new List<double>();
                while (clock.Elapsed < time)
                {
                    var start = Stopwatch.GetTimestamp();
                    await operation(worker, cancellationToken);
                    own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }

                return own;
            },
            cancellationToken)));
        var elapsed = clock.Elapsed;
        times.AddRange(runs.SelectMany(own => own));
        return runs.Sum(own => own.Count) / elapsed.TotalSeconds;
    }

    /// <summary>Returns the value that a part of all values do not exceed.</summary>
    public static double Quantile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)((sorted.Count - 1) * part)];
    }
}
