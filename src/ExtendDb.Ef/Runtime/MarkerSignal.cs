namespace ExtendDb.Ef.Runtime;

/// <summary>Tells the loops of this process's worker, after a commit, when the markers of that commit become due.</summary>
/// <remarks>Only a hint that saves a poll: a wake-up that is lost costs a poll interval, one too many an empty batch.</remarks>
internal sealed class MarkerSignal(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _earliest = DateTimeOffset.MaxValue;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Wakes one loop at an instant of this machine's clock.</summary>
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

    /// <summary>Waits until a marker is due, at most some time; one waiter takes each wake-up.</summary>
    /// <returns>True for a wake-up, false when the time is over.</returns>
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
