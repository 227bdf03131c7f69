namespace ExtendDb.Ef.CrashTests.Streams;

/// <summary>Writers, workers and consumers in processes of their own, of which one of each is killed and replaced now and then.</summary>
internal sealed class StreamCrew : IAsyncDisposable
{
    private const int Writers = 3;
    private const int Workers = 2;
    private const int Consumers = 2;

    private readonly string _connectionString;
    private readonly Random _random;
    private readonly List<LoadProcess> _writers = [];
    private readonly List<ExtendDbProcess> _workers = [];
    private readonly List<ChildProgram> _consumers = [];
    private int _nextDriver = 1;

    private StreamCrew(string connectionString, Random random) => (_connectionString, _random) = (connectionString, random);

    /// <summary>Gets what all writers wrote.</summary>
    public Ledger Ledger { get; } = new();

    public static async Task<StreamCrew> StartAsync(string connectionString, Random random)
    {
        var crew = new StreamCrew(connectionString, random);
        for (var writer = 0; writer < Writers; writer++)
        {
            crew._writers.Add(crew.Writer());
        }

        for (var worker = 0; worker < Workers; worker++)
        {
            crew._workers.Add(await ExtendDbProcess.StartWorkerAsync(connectionString));
        }

        for (var consumer = 0; consumer < Consumers; consumer++)
        {
            crew._consumers.Add(await ConsumerProcess.StartAsync(connectionString));
        }

        return crew;
    }

    /// <summary>Waits until some more writes are acknowledged.</summary>
    public Task WritesOnAsync(int more)
    {
        var before = Ledger.Acknowledged;
        return Waiting.UntilAsync(() => Ledger.Acknowledged >= before + more, $"{more} more writes are acknowledged");
    }

    /// <summary>Kills a writer, a worker and a consumer, and starts others; no two writers ever have an item in common but the shared one.</summary>
    public async Task ReplaceAsync()
    {
        var (writer, worker, consumer) = (_random.Next(Writers), _random.Next(Workers), _random.Next(Consumers));
        await _writers[writer].KillAsync();
        await using (_writers[writer])
        {
            _writers[writer] = Writer();
        }

        await _workers[worker].KillAsync();
        await using (_workers[worker])
        {
            _workers[worker] = await ExtendDbProcess.StartWorkerAsync(_connectionString);
        }

        await _consumers[consumer].KillAsync();
        await using (_consumers[consumer])
        {
            _consumers[consumer] = await ConsumerProcess.StartAsync(_connectionString);
        }
    }

    /// <summary>Lets the writers end what they are at.</summary>
    /// <returns>What went wrong in one of them; nothing when all have read what they had written.</returns>
    public async Task<string> StopWritersAsync()
    {
        var ends = new List<(int ExitCode, string Errors)>();
        foreach (var writer in _writers)
        {
            ends.Add(await writer.StopAsync());
        }

        return string.Join(Environment.NewLine, ends.Where(end => end.ExitCode != 0).Select(end => end.Errors));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _writers.Concat<IAsyncDisposable>(_workers).Concat(_consumers))
        {
            await process.DisposeAsync();
        }
    }

    private LoadProcess Writer()
    {
        var first = _nextDriver;
        _nextDriver += LoadProcess.Drivers;
        return LoadProcess.Start(_connectionString, first, _random.Next(), Ledger);
    }
}
