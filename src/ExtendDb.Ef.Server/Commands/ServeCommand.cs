using System.CommandLine;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Server.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Server.Commands;

internal static class ServeCommand
{
    public const string AccessKeysOption = "--access-keys";
    public const string AccessKeysVariable = "EXTENDDB_ACCESS_KEYS";
    public const string InsecureOption = "--insecure";
    public const string InMemoryOption = "--in-memory";

    public static Command Create()
    {
        var urls = new Option<string?>(Addresses.UrlsOption)
        {
            Description = $"Where to listen, divided by semicolons; {ServerHost.DefaultUrl} by default.",
        };
        var noWorker = new Option<bool>("--no-worker")
        {
            Description = "Leave the global indexes to workers of other processes.",
        };
        var accessKeys = new Option<FileInfo?>(AccessKeysOption)
        {
            Description = "A file of access keys, a line each: ID SECRET. Requests must then be signed with one of them. "
                + $"{AccessKeysVariable} can hold the same, divided by commas.",
        };
        var insecure = new Option<bool>(InsecureOption)
        {
            Description = "Let other machines in without access keys: whoever reaches the address can read and change all.",
        };
        var cors = new Option<string[]>("--cors-origins")
        {
            Description = "Origins of web pages that may call the server, such as https://example.org; none allows none. By "
                + "default only web pages of this machine may.",
            AllowMultipleArgumentsPerToken = true,
        };
        var region = new Option<string?>("--region")
        {
            Description = "The region in the ARNs of tables and indexes; that of AWS_REGION or AWS_DEFAULT_REGION, or local, by "
                + "default.",
        };
        var inMemory = new Option<bool>(InMemoryOption)
        {
            Description = "Start a private PostgreSQL with its data in memory, and delete it at the end: for tests and trials.",
        };
        var logFormat = LogFormatOption.Create();
        var noConsole = new Option<bool>("--no-console") { Description = $"Leave out the console at {ServerHost.ConsolePath}." };
        var consoleReadOnly = new Option<bool>("--console-read-only")
        {
            Description = "Let the console show everything and change nothing.",
        };
        var command = new Command("serve", "Answer the DynamoDB protocol, for AWS SDKs and tools, until stopped.")
        {
            urls,
            noWorker,
            accessKeys,
            insecure,
            cors,
            region,
            inMemory,
            logFormat,
            noConsole,
            consoleReadOnly,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var builder = HostStart.Read(() => ServerHost.CreateBuilder(parsed.GetValue(logFormat)));
            var keys = await ReadAccessKeysAsync(parsed.GetValue(accessKeys), cancellationToken);
            var options = new ServeOptions(
                parsed.GetValue(urls),
                !parsed.GetValue(noWorker),
                parsed.GetValue(insecure),
                Origins(parsed.GetValue(cors)),
                parsed.GetValue(region),
                !parsed.GetValue(noConsole),
                parsed.GetValue(consoleReadOnly));
            Addresses.Check(builder.Configuration, options.Urls, options.OnlyThisMachine(keys));
            await using var database = parsed.GetValue(inMemory)
                ? await ChosenDatabase.OpenInMemoryAsync(parsed, cancellationToken)
                : await ChosenDatabase.OpenAsync(
                    parsed, cancellationToken, builder.Configuration.GetConnectionString(HostConfiguration.Section));
            if (database.IsPrivate)
            {
                // No other program migrates a database that this program has created.
                await ExtendDbMigrator.MigrateAsync(database.ConnectionString, cancellationToken);
            }

            // Checks rights and schema version before a host could report them as a failed start, with a stack trace.
            await RoleRights.CheckAsync(database.Local().Connections, worker: false, cancellationToken);
            await database.Local().Definitions.GetAsync(cancellationToken);
            await using var app = await HostStart.StartAsync(
                () => ServerHost.Build(builder, database.ConnectionString, keys, options), cancellationToken);
            SayWhere(app, keys, database, options.Console);

            // Ends on a signal, and when a service of the host fails permanently.
            await app.WaitForShutdownAsync(cancellationToken);
            return HostStart.ExitCodeOf(app);
        });
        return command;
    }

    private static string[]? Origins(string[]? given) => given is null or [] ? null : given is ["none"] ? [] : given;

    private static async Task<AccessKeys?> ReadAccessKeysAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            return NotEmpty(await AccessKeys.ReadFileAsync(file.FullName, cancellationToken), $"'{file}'");
        }

        return Environment.GetEnvironmentVariable(AccessKeysVariable) is { Length: > 0 } text
            ? NotEmpty(AccessKeys.Parse(text.Replace(',', '\n')), AccessKeysVariable)
            : null;
    }

    // A user who configures a place for keys does not want a server that accepts any credentials.
    private static AccessKeys NotEmpty(AccessKeys keys, string place) =>
        keys.IsEmpty ? throw new AccessKeysException($"There is no access key in {place}.") : keys;

    private static void SayWhere(WebApplication app, AccessKeys? keys, ChosenDatabase database, bool hasConsole)
    {
        foreach (var url in app.Urls)
        {
            Console.WriteLine($"extenddb listens on {url}, for the tables of {database.Place}");
            if (keys is null && !Addresses.IsOfThisMachine(url))
            {
                ServerLog.Insecure(app.Logger, url);
            }
        }

        if (hasConsole)
        {
            Console.WriteLine($"The console is at {app.Urls.First()}{ServerHost.ConsolePath}");
        }

        if (database.ForOtherProcesses is { } connection)
        {
            Console.WriteLine(database.IsInMemory
                ? "The data is in memory, and is deleted when this process ends."
                : "There is no /dev/shm in memory with 1 GB of room: the data is in that folder, without fsync, and is deleted "
                    + "when this process ends.");
            Console.WriteLine($"Other commands reach it by {ConnectionOption.Instance.Name} \"{connection}\"");
        }

        var credentials = keys is null
            ? "AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any "
            : "AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… ";
        Console.WriteLine(
            $"Try: {credentials}AWS_DEFAULT_REGION=us-east-1 aws dynamodb list-tables --endpoint-url {app.Urls.First()}");
    }
}
