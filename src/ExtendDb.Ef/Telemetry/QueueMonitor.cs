using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Telemetry;

/// <summary>Reads the queue for the gauges of the meter, while somebody listens to them.</summary>
/// <remarks>To count what waits is to read the whole queue: the longer that takes, the seldomer it is done.</remarks>
internal sealed class QueueMonitor(ExtendDbRuntime runtime, ILogger<QueueMonitor> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var time = runtime.Time;
        try
        {
            while (true)
            {
                var began = time.GetTimestamp();
                if (GsiMetrics.WantsSamples)
                {
                    await SampleAsync(stoppingToken);
                }

                var rest = RestAfter.Of(time.GetElapsedTime(began), atLeast: runtime.Options.MonitorInterval);
                await Task.Delay(rest, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            GsiMetrics.Forget(runtime);
        }
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            GsiMetrics.Sampled(runtime, await QueueSample.ReadAsync(runtime, cancellationToken));
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            // An old value would look like a queue at rest.
            GsiMetrics.Forget(runtime);
            TelemetryLog.NotSampled(logger, failed);
        }
    }
}
