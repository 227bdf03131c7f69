using System.Collections.Concurrent;
using System.Diagnostics;

namespace ExtendDb.Ef.PostgresTests;

/// <summary>Counts the commands that the code under it sends to the server: each is a round trip.</summary>
internal sealed class RoundTrips : IDisposable
{
    private readonly Activity _root = new Activity("counted").SetIdFormat(ActivityIdFormat.W3C);
    private readonly ConcurrentQueue<string> _commands = [];
    private readonly ActivityListener _listener;

    public RoundTrips()
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Count,
        };
        ActivitySource.AddActivityListener(_listener);
        _root.Start();
    }

    public IReadOnlyCollection<string> Commands => _commands;

    public void Dispose()
    {
        _root.Stop();
        _root.Dispose();
        _listener.Dispose();
    }

    // Other tests run at the same time; theirs have another trace.
    private void Count(Activity activity)
    {
        if (activity.TraceId == _root.TraceId
            && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
        {
            _commands.Enqueue(text);
        }
    }
}
