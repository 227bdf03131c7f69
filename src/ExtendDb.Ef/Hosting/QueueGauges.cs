using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>Reads the queue for the gauges of the meter, while somebody listens to them.</summary>
/// <remarks>To count what waits is to read the whole queue: the longer that takes, the seldomer it is done.</remarks>
internal sealed class QueueGauges(ExtendDbRuntime runtime, ILogger<QueueGauges> logger) : BackgroundLoop(runtime, logger)
{
    protected override bool IsEnabled => true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await base.ExecuteAsync(stoppingToken);
        }
        finally
        {
            GsiMetrics.Forget(Runtime);
        }
    }

    protected override async Task StepAsync(CancellationToken stopping)
    {
        var began = Runtime.Time.GetTimestamp();
        if (GsiMetrics.WantsSamples)
        {
            await SampleAsync(stopping);
        }

        await WaitAsync(DutyCycle.Of(Runtime.Time.GetElapsedTime(began), atLeast: Runtime.Options.MonitorInterval), stopping);
    }

    private async Task SampleAsync(CancellationToken cancellationToken)
    {
        try
        {
            GsiMetrics.Sampled(Runtime, await QueueReader.SampleAsync(Runtime, cancellationToken));
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            // An old value would look like a queue at rest.
            GsiMetrics.Forget(Runtime);
            TelemetryLog.NotSampled(Logger, failed);
        }
    }
}
