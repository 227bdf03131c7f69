using System.Threading.RateLimiting;
using ExtendDb.Ef.AspNetCore.Errors;
using ExtendDb.Ef.Runtime;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.AspNetCore.Protocol;

/// <summary>Runs a bounded number of requests at a time; the others wait in the order in which they came.</summary>
/// <remarks>
/// A request needs a connection of the contexts' pool. Without the queue a burst takes all of them and more than the
/// processors can serve, and the last requests of the burst fail after Npgsql's Timeout.
/// </remarks>
internal sealed class RequestQueue : IDisposable
{
    // A waiting request holds its body; Kestrel bounds them by its connections.
    private const int MostWaiting = 100_000;
    private const int DefaultConcurrency = 64;

    private readonly TimeProvider _time;
    private readonly TimeSpan _longestWait;
    private readonly ConcurrencyLimiter _limiter;

    /// <param name="runtime">The runtime whose pool the requests use; null when there is none.</param>
    public RequestQueue(IOptions<ExtendDbEndpointOptions> options, TimeProvider time, ExtendDbRuntime? runtime)
    {
        _time = time;
        _longestWait = options.Value.MaxQueueTime;
        _limiter = new(new()
        {
            PermitLimit = options.Value.MaxConcurrentRequests
                ?? Math.Min(DefaultConcurrency, runtime?.ContextPoolSize ?? DefaultConcurrency),
            QueueLimit = MostWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Waits for the turn of a request, which ends when the result is disposed.</summary>
    /// <exception cref="ThrottlingException">The turn did not come within MaxQueueTime.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        var lease = _limiter.AttemptAcquire();
        if (lease.IsAcquired)
        {
            return lease;
        }

        using var patience = new CancellationTokenSource(_longestWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            lease = await _limiter.AcquireAsync(1, either.Token);
            return lease.IsAcquired ? lease : throw new ThrottlingException();
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ThrottlingException();
        }
    }

    public void Dispose() => _limiter.Dispose();
}
