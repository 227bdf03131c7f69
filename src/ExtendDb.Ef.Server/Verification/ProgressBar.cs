using Spectre.Console;

namespace ExtendDb.Ef.Server.Verification;

/// <summary>Shows the progress of some work on the standard error, if that is a terminal.</summary>
internal static class ProgressBar
{
    /// <summary>Runs some work, which reports its present step and its progress, 0 to 1.</summary>
    public static async Task<T> ShowAsync<T>(Func<Action<string, double>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(static (_, _) => { });
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
}
