using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>Samples the queue for the gauges of the meter while a listener observes them.</summary>
/// <remarks>A sample reads the whole queue, so the pause after a sample grows with its duration.</remarks>
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
        catch
        {
            // The gauges must not repeat an old value, which would look like an idle queue.
            GsiMetrics.Forget(Runtime);
            throw;
        }
    }
}
