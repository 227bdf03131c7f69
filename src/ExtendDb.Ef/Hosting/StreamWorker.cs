using ExtendDb.Ef.Consumers;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.StreamLifecycle;
using ExtendDb.Ef.Streams;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>Lets streams begin and end, gives their records numbers, and trims them.</summary>
/// <remarks>
/// Readers give numbers too, to what they are about to read, so nobody waits for the poll interval of this loop.
/// </remarks>
internal sealed class StreamWorker(ExtendDbRuntime runtime, ILogger<StreamWorker> logger) : BackgroundLoop(runtime, logger)
{
    private static readonly TimeSpan BetweenSwitches = TimeSpan.FromMilliseconds(50);

    private readonly PollPause _idle = new(runtime.Options.Propagation);

    protected override bool IsEnabled => Runtime.Options.Propagation.Enabled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsEnabled)
        {
            return;
        }

        var switches = new StreamSwitches(Runtime, Logger);
        var trimming = new StreamTrimming(Runtime, Logger);
        try
        {
            await Task.WhenAll(
                RepeatAsync(() => NumberAsync(stoppingToken), stoppingToken),
                RepeatAsync(() => SwitchAsync(switches, stoppingToken), stoppingToken),
                RepeatAsync(() => TrimAsync(trimming, stoppingToken), stoppingToken));
        }
        finally
        {
            StreamMetrics.Forget(Runtime);
        }
    }

    private async Task NumberAsync(CancellationToken stopping)
    {
        await Runtime.Definitions.GetAsync(stopping);
        StreamNumbering.Outcome outcome;
        await using (var connection = await Runtime.Connections.OpenAsync(stopping))
        {
            outcome = await StreamNumbering.NumberDueAsync(connection, stopping);
        }

        if (outcome.Records > 0)
        {
            _idle.Reset();
        }

        if (!outcome.IsMore)
        {
            await WaitAsync(_idle.Current, stopping);
            _idle.Lengthen();
        }
    }

    private async Task SwitchAsync(StreamSwitches switches, CancellationToken stopping)
    {
        var soon = await switches.StepAsync(stopping);
        await WaitAsync(soon ? BetweenSwitches : Runtime.Options.CatalogPollInterval, stopping);
    }

    private async Task TrimAsync(StreamTrimming trimming, CancellationToken stopping)
    {
        var streams = await trimming.StepAsync(stopping);
        var shards = streams.SelectMany(stream => stream.Shards).ToList();
        StreamMetrics.Sampled(
            Runtime,
            new(
                Runtime.Name,
                shards.Sum(shard => shard.SizeBytes),
                shards.Min(shard => shard.OldestAt) is { } oldest ? Runtime.Clock.UtcNow - oldest : null,
                await SampleConsumersAsync(stopping)));
        await WaitAsync(Runtime.Options.Streams.TrimInterval, stopping);
    }

    private async Task<List<SampledConsumer>> SampleConsumersAsync(CancellationToken stopping)
    {
        await using var connection = await Runtime.Connections.OpenAsync(stopping);
        var places = await ConsumerState.ReadAsync(connection, stopping);
        return places.GroupBy(place => place.Consumer).Select(consumer => new SampledConsumer(
            consumer.Key, consumer.Count(place => place.IsStopped), consumer.First().SetAside)).ToList();
    }
}
