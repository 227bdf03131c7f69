namespace ExtendDb.Ef.AspNetCore.Health;

/// <summary>Runs a check that answers in time also when the driver waits for a server that stands still.</summary>
internal static class BoundedCheck
{
    /// <summary>Runs a check.</summary>
    /// <exception cref="OperationCanceledException">The check did not end in time; it is cancelled, and left behind.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> check, TimeSpan within, CancellationToken cancellationToken)
    {
        var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(within);
        var running = check(soon.Token);

        // Npgsql waits for the answer to its cancellation, which a server that hangs does not give.
        _ = running.ContinueWith(
            ended =>
            {
                _ = ended.Exception;
                soon.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return await running.WaitAsync(soon.Token);
    }
}
