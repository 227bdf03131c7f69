namespace ExtendDb.Ef.AspNetCore.Health;

/// <summary>Runs a check that answers in time also when the driver waits for a server that stands still.</summary>
internal static class BoundedCheck
{
    /// <summary>The time within which the checks of readiness answer.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    /// <summary>Runs a check.</summary>
    /// <exception cref="OperationCanceledException">The check did not end in time; it is cancelled, and left behind.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> check, TimeSpan within, CancellationToken cancellationToken)
    {
        var running = CancelledAsync(check, within, cancellationToken);
        try
        {
            return await running.WaitAsync(within, cancellationToken);
        }
        catch (TimeoutException late)
        {
            // Npgsql waits for the answer to its cancellation, which a server that hangs does not give.
            _ = running.ContinueWith(
                static ended => ended.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw new OperationCanceledException(late.Message, late);
        }
    }

    private static async Task<T> CancelledAsync<T>(
        Func<CancellationToken, Task<T>> check, TimeSpan after, CancellationToken cancellationToken)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(after);
        return await check(soon.Token);
    }
}
