using System.Diagnostics;

namespace ExtendDb.Ef.Telemetry;

/// <summary>The spans of ActivitySource <c>ExtendDb</c>: an operation each, and a batch of markers each.</summary>
internal static class ExtendDbActivity
{
    public const string SourceName = "ExtendDb";

    private static readonly ActivitySource Source = new(SourceName);

    private const string Async = "Async";

    /// <summary>Begins the span of an operation, by the name of its method; null when nobody listens.</summary>
    public static Activity? Operation(string method, string database)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var name = method.EndsWith(Async, StringComparison.Ordinal) ? method[..^Async.Length] : method;
        return Source.StartActivity(name)?.SetTag("db.namespace", database).SetTag("db.operation.name", name);
    }

    /// <summary>Begins the span of a batch of markers; null when nobody listens.</summary>
    public static Activity? Batch(string database) =>
        Source.StartActivity("apply markers", ActivityKind.Consumer)?.SetTag("db.namespace", database);

    /// <summary>Says with what error a span ended.</summary>
    public static void Failed(this Activity? span, Exception error) =>
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", error.GetType().Name);
}
