using System.Diagnostics;
using System.Globalization;
using ExtendDb.Ef.Propagation;
using ExtendDb.Ef.Runtime;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ExtendDb.Ef.Testing;

/// <summary>The operations and the workers of ExtendDb on one database, as an application's host would run them.</summary>
internal sealed class RunningExtendDb : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Stack<IHostedService> _started = [];
    private readonly ServiceProvider _services;
    private readonly ExtendDbRuntime _runtime;

    private RunningExtendDb(ServiceProvider services)
    {
        _services = services;
        _runtime = services.GetRequiredService<ExtendDbRuntime>();
        Db = services.GetRequiredService<IExtendDb>();
    }

    public IExtendDb Db { get; }

    public static async Task<RunningExtendDb> StartAsync(string connectionString)
    {
        var running = new RunningExtendDb(new ServiceCollection().AddExtendDb(connectionString).Services.BuildServiceProvider());
        try
        {
            foreach (var service in running._services.GetServices<IHostedService>())
            {
                await service.StartAsync(CancellationToken.None);
                running._started.Push(service);
            }

            return running;
        }
        catch
        {
            await running.DisposeAsync();
            throw;
        }
    }

    public async Task IndexesAreUpToDateAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var last = await LastMarkerAsync(cancellationToken);
        while (!await AreUpToDateAsync(last, cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(began) > within)
            {
                throw new TimeoutException(
                    $"The indexes are not up to date after {within}. {await WhatIsPendingAsync(cancellationToken)}");
            }

            // The markers of other runtimes wake no loop of this one, whose next poll may be a second away.
            _runtime.Signal.At(DateTimeOffset.MinValue);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_started.TryPop(out var service))
        {
            await service.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    // A marker that is visible now has no higher id, though ids say nothing about the order of commits.
    private async Task<long> LastMarkerAsync(CancellationToken cancellationToken)
    {
        await using var context = CreateContext();
        return await context.GsiPending.MaxAsync(marker => (long?)marker.Id, cancellationToken) ?? long.MinValue;
    }

    private async Task<bool> AreUpToDateAsync(long lastMarker, CancellationToken cancellationToken)
    {
        await using var context = CreateContext();
        return !await context.GsiPending.AnyAsync(marker => marker.Id <= lastMarker, cancellationToken)
            && !await context.GsiQuarantine.AnyAsync(cancellationToken)
            && (await QueueReader.ReadBackfillsAsync(_runtime, cancellationToken)).Count == 0;
    }

    private async Task<string> WhatIsPendingAsync(CancellationToken cancellationToken)
    {
        _runtime.Definitions.Forget();
        var queue = await QueueReader.SampleAsync(_runtime, cancellationToken);
        var indexes = queue.Indexes.Where(index => index is not { Pending: 0, Quarantined: 0, Backfill: null })
            .Select(index => string.Create(CultureInfo.InvariantCulture, $"{index.Table}.{index.Index}: {index.Pending} markers wait")
                + (index.Lag > TimeSpan.Zero ? $", overdue by {index.Lag}" : index.Pending > 0 ? ", due after its delay" : "")
                + (index.Quarantined > 0 ? string.Create(CultureInfo.InvariantCulture, $", {index.Quarantined} quarantined") : "")
                + (index.Backfill is { } share ? string.Create(CultureInfo.InvariantCulture, $", being created ({share:P0})") : ""));
        await using var context = CreateContext();
        var error = await context.GsiQuarantine.OrderBy(entry => entry.FirstFailedAt)
            .Select(entry => $" The first entry in quarantine: {entry.SqlState} {entry.Message}")
            .FirstOrDefaultAsync(cancellationToken);
        return string.Join("; ", indexes) + "." + error;
    }

    private ExtendDbContext CreateContext() =>
        _services.GetRequiredService<IDbContextFactory<ExtendDbContext>>().CreateDbContext();
}
