using System.Diagnostics;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>Shows the progress of some work on the standard error, if that is a terminal.</summary>
internal static class ProgressBar
{
    // A log needs no progress, but must say why nothing goes on.
    private static readonly TimeSpan BetweenWaits = TimeSpan.FromSeconds(30);

    /// <summary>Runs some work, which reports its present step, its progress, 0 to 1, and whether it waits for others.</summary>
    public static async Task<T> ShowAsync<T>(Func<Action<string, double, bool>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(SayWaits());
        }

        var errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await errors.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("…", maxValue: 1);
                return await work((what, done, _) =>
                {
                    bar.Description = Markup.Escape(what);
                    bar.Value = done;
                });
            });
    }

    private static Action<string, double, bool> SayWaits()
    {
        long? said = null;
        return (what, _, waits) =>
        {
            if (waits && (said is not { } last || Stopwatch.GetElapsedTime(last) >= BetweenWaits))
            {
                said = Stopwatch.GetTimestamp();
                Console.Error.WriteLine($"extenddb: {what}");
            }
        };
    }
}
