using System.Diagnostics;
using System.Text.RegularExpressions;
using ExtendDb.Ef.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ExtendDb.Ef.BrowserTests;

/// <summary><c>extenddb serve</c> without a worker on a database of its own, and the worker beside it.</summary>
public sealed partial class ServedConsole : ExtendDbFixture
{
    private ChildProgram _server = null!;
    private ServiceProvider _services = null!;

    /// <summary>Gets the tables of the database, without a worker: <see cref="StartWorkerAsync"/> starts the only one.</summary>
    public IExtendDb Tables => _services.GetRequiredService<IExtendDb>();

    /// <summary>Gets the address of the console.</summary>
    public string Url { get; private set; } = null!;

    /// <summary>Gets what the server has logged.</summary>
    public string Log => _server.Errors;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _services = new ServiceCollection().AddLogging()
            .AddExtendDb(ConnectionString, options =>
            {
                options.Propagation.Enabled = false;

                // What it writes waits for the worker that a test starts.
                options.Backpressure.Mode = GsiBackpressure.Off;
            }).Services
            .BuildServiceProvider();
        (_server, Url) = await StartServerAsync();
    }

    /// <summary>Starts a further server on the same database.</summary>
    public async Task<(ChildProgram Server, string Url)> StartServerAsync(params string[] options)
    {
        var server = Start("Try: ", ["serve", "--no-worker", "--urls", "http://127.0.0.1:0", .. options]);
        await server.ReadyAsync();
        return (server, At().Match(server.Output).Groups[1].Value);
    }

    /// <summary>Starts a worker, which brings the indexes up to date.</summary>
    public async Task<ChildProgram> StartWorkerAsync()
    {
        var worker = Start("extenddb worker runs", ["worker"]);
        await worker.ReadyAsync();
        return worker;
    }

    /// <summary>Waits until no marker is left in the queue.</summary>
    public Task UntilNothingWaitsAsync() => Waiting.UntilAsync(
        async () =>
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString);
            await using var command = source.CreateCommand("SELECT count(*) FROM extenddb.gsi_pending");
            return (long)(await command.ExecuteScalarAsync())! == 0;
        },
        "no marker waits");

    /// <summary>Starts a command that goes on.</summary>
    public ChildProgram Start(string? ready, params string[] arguments) => ChildProgram.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "extenddb.dll"), .. arguments])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            Environment = { ["EXTENDDB_CONNECTION"] = ConnectionString, ["EXTENDDB_POSTGRES_BIN"] = "/nonexistent" },
        },
        ready);

    public override async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _services.DisposeAsync();
        await base.DisposeAsync();
    }

    [GeneratedRegex("The console is at (\\S+)")]
    private static partial Regex At();
}
