namespace ExtendDb.Ef.CrashTests.Streams;

/// <summary>Reads a stream all the time, and goes on where it was whenever the server is there again.</summary>
internal sealed class StreamFollower : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _reading;
    private int _restarts;

    private StreamFollower(StreamPlaces places)
    {
        Places = places;
        _reading = Task.Run(RunAsync);
    }

    /// <summary>Gets where it is, and what it has read; another thread adds to it until it is stopped.</summary>
    public StreamPlaces Places { get; }

    /// <summary>Gets how many times it went on by the numbers alone.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    public static async Task<StreamFollower> StartAsync(IExtendDb db, string table) =>
        new(await StreamPlaces.OfAsync(db, table));

    /// <summary>Waits until so many records are read in all, or the reading has failed, which <see cref="StopAsync"/> tells.</summary>
    public Task ReadsAsync(int records) => Waiting.UntilAsync(
        () => _reading.IsCompleted || Places.Count >= records, $"{records} records are read");

    /// <summary>Ends the reading, once all is read that is there.</summary>
    /// <exception cref="Model.ValidationException">A number that it has read was forgotten.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        await Places.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(_reading);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        // Not as fast as it can: the processes that are watched need the processor too.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Places.ReadAsync();
            }
            catch (Exception fault) when (Faults.IsOfTheServer(fault))
            {
                Interlocked.Increment(ref _restarts);
                Places.StartAnew();
            }

            await pace.WaitForNextTickAsync();
        }
    }
}
