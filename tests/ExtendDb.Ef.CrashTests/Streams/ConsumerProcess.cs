using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.CrashTests.Streams;

/// <summary>A process with the consumer that copies the parcels, and with nothing else to do.</summary>
internal static class ConsumerProcess
{
    public const string Command = "consume";
    private const string Running = "consumer runs";

    /// <summary>Starts the process and waits until it runs.</summary>
    public static async Task<ChildProgram> StartAsync(string connectionString)
    {
        var program = ChildProgram.Start(
            new("dotnet", [typeof(ConsumerProcess).Assembly.Location, Command, connectionString]) { RedirectStandardInput = true },
            Running);
        await program.ReadyAsync();
        return program;
    }

    /// <summary>What the process does, until its input ends.</summary>
    public static async Task RunAsync(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services
            .AddExtendDb(connectionString, options => options.Propagation.Enabled = false)
            .AddStreamConsumer<ParcelCopy>(ParcelCopy.Consumer, options => options.Table(Parcels.Table));
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(Running);
        await Console.In.ReadToEndAsync();
        await host.StopAsync();
    }
}
