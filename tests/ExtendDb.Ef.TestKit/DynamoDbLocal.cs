using System.Diagnostics;
using System.Globalization;

namespace ExtendDb.Ef.TestKit;

/// <summary>Amazon's DynamoDB Local in a process of its own, which ends with this object.</summary>
public sealed class DynamoDbLocal : IAsyncDisposable
{
    public const string Variable = "EXTENDDB_DYNAMODB_LOCAL";

    private readonly ChildProgram _program;

    private DynamoDbLocal(ChildProgram program, Uri url)
    {
        _program = program;
        Url = url;
    }

    /// <summary>Gets the folder of DynamoDBLocal.jar that the environment names; null when it names none.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    public Uri Url { get; }

    public int ProcessId => _program.Id;

    /// <summary>Starts DynamoDB Local at a free port, and waits until it answers.</summary>
    /// <param name="folder">The folder of DynamoDBLocal.jar.</param>
    /// <param name="dbPath">The folder in which it keeps its tables; null keeps them in memory.</param>
    /// <exception cref="InvalidOperationException">It ended at once; the message is what it said.</exception>
    public static async Task<DynamoDbLocal> StartAsync(string folder, string? dbPath = null)
    {
        var port = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            "-Xmx256m", "-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-disableTelemetry",
            "-port", port, .. dbPath is null ? new[] { "-inMemory" } : ["-dbPath", dbPath],
        ];
        var program = ChildProgram.Start(new ProcessStartInfo("java", arguments) { WorkingDirectory = folder });
        var local = new DynamoDbLocal(program, new($"http://127.0.0.1:{port}"));
        await Waiting.UntilAsync(local.AnswersAsync, "DynamoDB Local answers");
        return local;
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();

    private async Task<bool> AnswersAsync()
    {
        if (_program.HasExited)
        {
            throw new InvalidOperationException($"DynamoDB Local ended: {_program.Output}{_program.Errors}");
        }

        try
        {
            using var client = new HttpClient();
            using var answer = await client.GetAsync(Url);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
