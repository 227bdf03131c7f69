using System.Diagnostics;

namespace ExtendDb.Ef.Telemetry;

/// <summary>
/// Starts the spans of ActivitySource <c>ExtendDb</c>: one for each operation, and one for each batch of markers.
/// </summary>
internal static class ExtendDbActivity
{
    public const string SourceName = "ExtendDb";

    private static readonly ActivitySource Source = new(SourceName);

    private const string Async = "Async";

    /// <summary>Starts the span of an operation, named after its method; null when nobody listens.</summary>
    public static Activity? Operation(string method, string database)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var name = method.EndsWith(Async, StringComparison.Ordinal) ? method[..^Async.Length] : method;
        return Source.StartActivity(name)?.SetTag("db.namespace", database).SetTag("db.operation.name", name);
    }

    /// <summary>Starts the span of a batch of markers; null when nobody listens.</summary>
    public static Activity? Batch(string database) =>
        Source.StartActivity("apply markers", ActivityKind.Consumer)?.SetTag("db.namespace", database);

    /// <summary>Sets the error with which a span ended.</summary>
    public static void Failed(this Activity? span, Exception error) =>
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", error.GetType().Name);
}
