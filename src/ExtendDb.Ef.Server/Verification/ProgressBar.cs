using System.Diagnostics;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>Shows the progress of some work on the standard error, if that is a terminal.</summary>
internal static class ProgressBar
{
    // A log needs no progress, but must say why nothing goes on.
    private static readonly TimeSpan BetweenWaits = TimeSpan.FromSeconds(30);

    /// <summary>Ends the step of a work that cannot go on by itself.</summary>
    public const string Waiting = ", waits for a worker to apply what is enqueued";

    /// <summary>Runs some work, which reports its present step and its progress, 0 to 1.</summary>
    public static async Task<T> ShowAsync<T>(Func<Action<string, double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(new WaitsOnly().Report);
        }

        var errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await errors.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("…", maxValue: 1);
                return await work((what, done) =>
                {
                    bar.Description = Markup.Escape(what);
                    bar.Value = done;
                });
            });
    }

    private sealed class WaitsOnly
    {
        private long? _said;

        public void Report(string what, double done)
        {
            if (what.EndsWith(Waiting, StringComparison.Ordinal)
                && (_said is not { } said || Stopwatch.GetElapsedTime(said) >= BetweenWaits))
            {
                _said = Stopwatch.GetTimestamp();
                Console.Error.WriteLine($"extenddb: {what}");
            }
        }
    }
}
