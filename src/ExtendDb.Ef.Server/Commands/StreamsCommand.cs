using System.CommandLine;
using System.Text.Json;
using ExtendDb.Ef.Consumers;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Streams;
using Spectre.Console;

namespace ExtendDb.Ef.Server.Commands;

/// <summary>Lists streams and their consumers; lets consumers go on, resets and removes them.</summary>
internal static class StreamsCommand
{
    public static Command Create() => new("streams", "List streams and consumers; retry, reset or remove a consumer.")
    {
        List(),
        Retry(),
        Reset(),
        Remove(),
    };

    private static Command List()
    {
        var json = JsonOutput.Option();
        var command = new Command("list", "Show the streams, and the consumers with their places.") { json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
            var runtime = database.Local();
            await runtime.Definitions.GetAsync(cancellationToken);
            await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
            var streams = (await StreamState.ReadAsync(connection, table: null, cancellationToken))
                .ConvertAll(stream => StreamLine.Of(stream, runtime.Clock.UtcNow));
            var consumers = (await ConsumerState.ReadAsync(connection, cancellationToken))
                .ConvertAll(place => ConsumerLine.Of(place, runtime.Clock.UtcNow));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { streams, consumers }, JsonOutput.Options));
            }
            else
            {
                Print(streams, consumers);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Retry()
    {
        var name = Name();
        var command = new Command("retry", "Let the stopped shards of a consumer go on from their places.") { name };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed, name, "goes on", (runtime, consumer) => ConsumerAdministration.ResetAsync(runtime, consumer, null, cancellationToken),
            cancellationToken));
        return command;
    }

    private static Command Reset()
    {
        var name = Name();
        var to = new Option<string>("--to") { Description = "beginning: the oldest records; now: behind the last.", Required = true };
        to.AcceptOnlyFromAmong("beginning", "now");
        var command = new Command("reset", "Move a consumer to the beginning or the end of its streams.") { name, to };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed,
            name,
            "is reset",
            (runtime, consumer) => ConsumerAdministration.ResetAsync(
                runtime, consumer, parsed.GetValue(to) == "now" ? "LATEST" : "TRIM_HORIZON", cancellationToken),
            cancellationToken));
        return command;
    }

    private static Command Remove()
    {
        var name = Name();
        var command = new Command("remove", "Remove a consumer with its places and the records that it has set aside.") { name };
        command.SetAction((parsed, cancellationToken) => ChangeAsync(
            parsed, name, "is removed", (runtime, consumer) => ConsumerAdministration.RemoveAsync(runtime, consumer, cancellationToken),
            cancellationToken));
        return command;
    }

    private static Argument<string> Name() => new("consumer") { Description = "The name of the consumer." };

    private static async Task<int> ChangeAsync(
        ParseResult parsed,
        Argument<string> name,
        string done,
        Func<ExtendDbRuntime, string, Task<bool>> change,
        CancellationToken cancellationToken)
    {
        await using var database = await ChosenDatabase.OpenAsync(parsed, cancellationToken);
        await database.Local().Definitions.GetAsync(cancellationToken);
        var consumer = parsed.GetValue(name)!;
        if (!await change(database.Local(), consumer))
        {
            await Console.Error.WriteLineAsync($"There is no consumer {consumer} with a place in a stream.");
            return ExitCode.Failed;
        }

        Console.WriteLine($"{consumer} {done}.");
        return ExitCode.Ok;
    }

    private static void Print(List<StreamLine> streams, List<ConsumerLine> consumers)
    {
        if (streams.Count == 0)
        {
            Console.WriteLine("There is no stream.");
        }
        else
        {
            var table = new Spectre.Console.Table().Border(TableBorder.Rounded)
                .AddColumns("table", "stream", "contains", "status", "records", "bytes", "oldest");
            foreach (var line in streams)
            {
                table.AddRow(
                    Markup.Escape(line.Table), Markup.Escape(line.Label), line.ViewType, line.Status, $"{line.Records:N0}",
                    $"{line.SizeBytes:N0}", Age(line.OldestSeconds));
            }

            AnsiConsole.Write(table);
        }

        if (consumers.Count > 0)
        {
            var table = new Spectre.Console.Table().Border(TableBorder.Rounded)
                .AddColumns("consumer", "table", "shard", "behind", "of", "lag", "failed", "set aside", "error");
            foreach (var line in consumers)
            {
                table.AddRow(
                    Markup.Escape(line.Consumer), Markup.Escape(line.Table), line.ShardId ?? "(none)", $"{line.Number:N0}",
                    $"{line.LastNumber:N0}", line.IsStopped ? "stopped" : Age(line.LagSeconds), $"{line.Attempts:N0}",
                    $"{line.SetAside:N0}", Markup.Escape(line.Error ?? ""));
            }

            AnsiConsole.Write(table);
        }
    }

    private static string Age(double? seconds) => seconds is { } age ? $"{age:N0} s" : "";

    private sealed record StreamLine(
        string Table, string Label, string ViewType, string Status, long Records, long SizeBytes, double? OldestSeconds)
    {
        public static StreamLine Of(StreamState stream, DateTimeOffset now) => new(
            stream.TableName,
            stream.Label,
            stream.ViewType.ToString(),
            stream.Status.ToString(),
            stream.Shards.Sum(shard => shard.LastNumber - shard.TrimmedNumber),
            stream.Shards.Sum(shard => shard.SizeBytes),
            (now - stream.Shards.Min(shard => shard.OldestAt))?.TotalSeconds);
    }

    private sealed record ConsumerLine(
        string Consumer,
        string Table,
        string? ShardId,
        long Number,
        long LastNumber,
        double? LagSeconds,
        int Attempts,
        bool IsStopped,
        long SetAside,
        string? Error)
    {
        public static ConsumerLine Of(ConsumerState place, DateTimeOffset now) => new(
            place.Consumer,
            place.TableName,
            place.ShardId,
            place.Number,
            place.LastNumber,
            (now - place.WaitsSince)?.TotalSeconds,
            place.Attempts,
            place.IsStopped,
            place.SetAside,
            place.Error?.Split('\n')[0]);
    }
}
