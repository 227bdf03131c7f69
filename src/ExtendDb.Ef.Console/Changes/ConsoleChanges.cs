using ExtendDb.Ef.WebConsole.Access;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.WebConsole.Changes;

/// <summary>The only way by which the pages change anything: refuses in read-only mode, and logs each change.</summary>
internal sealed class ConsoleChanges(IOptions<ExtendDbConsoleOptions> options, ConsoleUser user, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger("ExtendDb.Ef.Console");

    /// <summary>Gets whether every change is refused.</summary>
    public bool AreRefused => options.Value.ReadOnly;

    /// <summary>Makes a change.</summary>
    /// <param name="operation">The operation, in DynamoDB's words, for the log.</param>
    /// <param name="target">The table, the index or the consumer; never what is in it.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="ChangeRefusedException">The console is read-only, or the sign-in has ended.</exception>
    public async Task<T> MakeAsync<T>(string operation, string target, Func<Task<T>> change)
    {
        if (AreRefused)
        {
            throw new ChangeRefusedException("The console is read-only.");
        }

        if (await user.RemainingAsync() <= TimeSpan.Zero)
        {
            throw new ChangeRefusedException("Your sign-in has ended. Sign in again.");
        }

        var name = await user.NameAsync() ?? "a user of this machine";
        try
        {
            var result = await change();
            ConsoleLog.Changed(_logger, name, operation, target);
            return result;
        }
        catch (Exception failed)
        {
            // The message of an error may show a value of the item; its type does not.
            ConsoleLog.NotChanged(_logger, name, operation, target, failed.GetType().Name);
            throw;
        }
    }

    /// <inheritdoc cref="MakeAsync{T}(string, string, Func{Task{T}})"/>
    public Task MakeAsync(string operation, string target, Func<Task> change) =>
        MakeAsync(operation, target, async () =>
        {
            await change();
            return true;
        });
}
