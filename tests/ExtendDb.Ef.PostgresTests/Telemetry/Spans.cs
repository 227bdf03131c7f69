using System.Collections.Concurrent;
using System.Diagnostics;
using ExtendDb.Ef.Telemetry;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

/// <summary>Keeps the spans of one database that have ended.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public Spans(string database)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == ExtendDbActivity.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem("db.namespace"), database))
                {
                    _ended.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<Activity> Ended => _ended;

    public void Dispose() => _listener.Dispose();
}
