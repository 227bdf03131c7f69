using System.CommandLine;
using System.CommandLine.Invocation;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.Local;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Server.Serving;
using Npgsql;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>Runs the command of the command line, and converts its outcome to an exit code.</summary>
internal static class CommandRun
{
    // A worker stops within 5 s; its running batches are rolled back after that.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(6);

    private const int RedirectedWidth = 160;

    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        if (Console.IsOutputRedirected)
        {
            // A file or another program has no window into which a table must fit, and no colours.
            AnsiConsole.Profile.Width = RedirectedWidth;
            AnsiConsole.Profile.Capabilities.Ansi = false;
        }

        if (DynamoDbLocalOptions.AnswerTo(args) is { } answer)
        {
            await Console.Error.WriteLineAsync($"extenddb: {answer}");
            return ExitCode.WrongUse;
        }

        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            await Console.Error.WriteLineAsync(WrongUse.Sentence(parsed));
            return ExitCode.WrongUse;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = StopWithin,
        };
        try
        {
            return await parsed.InvokeAsync(configuration);
        }
        catch (NpgsqlException failure) when (NamedDatabase.Of(parsed) is { } named)
        {
            await Console.Error.WriteLineAsync($"extenddb: {named}: {DatabaseError.Sentence(failure)}");
            return ExitCode.Failed;
        }
        catch (Exception failure) when (IsExpected(failure))
        {
            await Console.Error.WriteLineAsync($"extenddb: {failure.Message}");
            return ExitCode.Failed;
        }
        catch (Exception misuse) when (misuse is ArgumentException or FormatException)
        {
            // Npgsql throws this for a connection string that it cannot parse.
            await Console.Error.WriteLineAsync($"extenddb: {misuse.Message}");
            return ExitCode.WrongUse;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("extenddb: stopped.");
            return ExitCode.Stopped;
        }
        catch (Exception unexpected)
        {
            await Console.Error.WriteLineAsync($"extenddb: unexpected: {unexpected}");
            return ExitCode.Failed;
        }
    }

    private static bool IsExpected(Exception failure) =>
        failure is SchemaVersionException or MissingGrantsException or MigrationRefusedException or DatabaseEncodingException
            or LocalPostgresException or NpgsqlException or DynamoDbException or IOException or UnauthorizedAccessException
            or UnsafeAddressException or AccessKeysException or WrongConfigurationException;
}
