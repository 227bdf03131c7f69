using ExtendDb.Ef.Consumers;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Telemetry;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Hosting;

/// <summary>Runs a consumer of a stream in the background.</summary>
/// <param name="runtime">The runtime of the database.</param>
/// <param name="registration">The consumer.</param>
/// <param name="services">The services of the application, from which each call of the handler gets a scope.</param>
/// <param name="logger">The log for failures.</param>
internal sealed class ConsumerWorker(
    ExtendDbRuntime runtime, ConsumerRegistration registration, IServiceProvider services, ILogger<ConsumerWorker> logger)
    : BackgroundLoop(runtime, logger)
{
    private static readonly TimeSpan BetweenRetries = TimeSpan.FromSeconds(1);

    private readonly StreamConsumer _consumer = new(runtime, registration, services, logger);
    private readonly PollPause _idle = new(runtime.Options.Propagation);

    protected override bool IsEnabled => true;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _consumer.RegisterAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(
                RepeatAsync(() => HandleAsync(stoppingToken), stoppingToken),
                RepeatAsync(() => RetryAsync(stoppingToken), stoppingToken));
        }
        finally
        {
            StreamMetrics.ForgetConsumer(_consumer);
        }
    }

    private async Task HandleAsync(CancellationToken stopping)
    {
        if (await _consumer.HandleDueAsync(stopping))
        {
            _idle.Reset();
            return;
        }

        await WaitAsync(_idle.Current, stopping);
        _idle.Lengthen();
    }

    private async Task RetryAsync(CancellationToken stopping)
    {
        if (!await _consumer.RetrySetAsideAsync(stopping))
        {
            await WaitAsync(BetweenRetries, stopping);
        }
    }
}
