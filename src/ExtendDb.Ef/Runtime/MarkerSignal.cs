namespace ExtendDb.Ef.Runtime;

/// <summary>Tells the loops of this process's worker, after a commit, when its markers become due.</summary>
/// <remarks>
/// The signal only saves a poll: a lost one costs a poll interval, a superfluous one costs an empty batch.
/// </remarks>
internal sealed class MarkerSignal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _earliest = DateTimeOffset.MaxValue;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes one loop at a time of this machine's clock.</summary>
    public void At(DateTimeOffset due)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            if (due >= _earliest)
            {
                return;
            }

            _earliest = due;
            moved = _moved;
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        moved.SetResult();
    }

    /// <summary>Waits until a marker is due, or a time has passed; each signal wakes one waiter.</summary>
    /// <returns>True when a marker is due; false when the time has passed.</returns>
    public async Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var end = time.GetUtcNow() + atMost;
        while (true)
        {
            Task moved;
            TimeSpan rest;
            lock (_lock)
            {
                var now = time.GetUtcNow();
                if (_earliest <= now)
                {
                    _earliest = DateTimeOffset.MaxValue;
                    return true;
                }

                rest = (_earliest < end ? _earliest : end) - now;
                moved = _moved.Task;
            }

            if (rest <= TimeSpan.Zero)
            {
                return false;
            }

            using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(rest, time, timer.Token), moved);
            await timer.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
