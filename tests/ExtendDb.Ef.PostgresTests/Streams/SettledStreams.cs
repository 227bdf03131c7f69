using ExtendDb.Ef.StreamLifecycle;
using Microsoft.Extensions.Logging.Abstractions;

namespace ExtendDb.Ef.PostgresTests.Streams;

/// <summary>Lets streams begin and end as a worker would.</summary>
internal static class SettledStreams
{
    /// <summary>Waits until no stream is changing.</summary>
    public static Task SettleStreamsAsync(this OperationsHost host) =>
        SettleAsync(new StreamSwitches(host.Database(), NullLogger.Instance));

    /// <summary>Waits like <see cref="SettleStreamsAsync"/>, with steps that have begun before.</summary>
    public static async Task SettleAsync(this StreamSwitches switches) =>
        await Waiting.UntilAsync(async () => !await switches.StepAsync(default), "no stream is changing");
}
