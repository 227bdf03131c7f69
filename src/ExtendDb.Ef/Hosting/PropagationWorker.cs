using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ExtendDb.Ef.Hosting;

/// <summary>Applies markers to the global indexes in the background, in several loops.</summary>
/// <remarks>When the host stops, running batches have 4 s to end before they are cancelled.</remarks>
internal sealed class PropagationWorker(ExtendDbRuntime runtime, ILogger<PropagationWorker> logger)
    : BackgroundLoop(runtime, logger)
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(4);

    protected override bool IsEnabled => Runtime.Options.Propagation.Enabled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsEnabled)
        {
            return;
        }

        var loops = Runtime.Options.Propagation.Loops;
        using var cancelBatches = new CancellationTokenSource();
        await using var cancelLater = stoppingToken.Register(() => cancelBatches.CancelAfter(StopWithin));
        PropagationLog.Started(Logger, loops);
        await Task.WhenAll(Enumerable.Range(0, loops).Select(_ => ApplyMarkersAsync(cancelBatches.Token, stoppingToken)));
        PropagationLog.Stopped(Logger);
    }

    private Task ApplyMarkersAsync(CancellationToken batches, CancellationToken stopping)
    {
        var loop = new MarkerLoop(Runtime, Logger);
        return RepeatAsync(() => loop.StepAsync(batches, stopping), stopping, refused =>
        {
            // An error that a row causes would come again: the next batches isolate the row.
            var carefully = refused is PostgresException error && !SqlErrors.IsTransient(error) && !SqlErrors.IsDenied(error)
                && !loop.Pace.IsolatesFailures;
            loop.Pace.Failed(carefully);
            if (carefully)
            {
                PropagationLog.Bisecting(Logger, refused);
            }

            return carefully || loop.Pace.Claims.TakeNarrowed();
        });
    }
}
