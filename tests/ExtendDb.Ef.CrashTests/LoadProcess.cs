using System.Diagnostics;
using System.Globalization;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.CrashTests;

/// <summary>Four drivers in a process of their own, whose journal keeps a ledger of this process.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    public const string Command = "load";
    public const int Drivers = 4;

    private readonly Process _process;
    private readonly JournalReader _journal;
    private readonly Task<string> _errors;
    private readonly Task _reading;

    private LoadProcess(Process process, Ledger ledger)
    {
        _process = process;
        _journal = new(ledger);
        _errors = process.StandardError.ReadToEndAsync();
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Starts the process.</summary>
    /// <param name="connectionString">The database.</param>
    /// <param name="firstDriver">The first of its drivers; no two processes have one in common.</param>
    /// <param name="seed">What its drivers do.</param>
    /// <param name="ledger">Gets what they did.</param>
    /// <param name="killAt">Where it kills itself; null runs until it is told to stop.</param>
    public static LoadProcess Start(
        string connectionString, int firstDriver, int seed, Ledger ledger, string? killAt = null)
    {
        for (var driver = firstDriver; driver < firstDriver + Drivers; driver++)
        {
            ledger.KeepTogether(Parcels.Place(driver, 1), Parcels.Place(driver, 2));
        }

        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                typeof(LoadProcess).Assembly.Location,
                Command,
                connectionString,
                firstDriver.ToString(CultureInfo.InvariantCulture),
                seed.ToString(CultureInfo.InvariantCulture),
            },
        };
        if (killAt is not null)
        {
            start.Environment[KillPoint.Variable] = killAt;
        }

        return new(Process.Start(start)!, ledger);
    }

    /// <summary>What the process does: it writes until its input ends, and prints what it begins and what is answered.</summary>
    public static async Task RunAsync(string connectionString, int firstDriver, int seed)
    {
        await using var client = new Client(connectionString);
        await using var load = ParcelLoad.Start(
            client.ExtendDb,
            Drivers,
            seed,
            firstDriver,
            new Journal(TextWriter.Synchronized(Console.Out)),
            new SavedParcels(client.CreateContext));
        await Console.In.ReadToEndAsync();
        await load.StopAsync();
    }

    /// <summary>Waits for the end of the process, and of its journal.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TestDeadline.Usual);
        await _reading;
        await _journal.EndAsync();
        return (_process.ExitCode, await _errors);
    }

    /// <summary>Sends SIGKILL.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return EndAsync();
    }

    /// <summary>Lets the drivers end what they are at.</summary>
    public Task<(int ExitCode, string Errors)> StopAsync()
    {
        _process.StandardInput.Close();
        return EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _journal.Take(line);
        }
    }
}
