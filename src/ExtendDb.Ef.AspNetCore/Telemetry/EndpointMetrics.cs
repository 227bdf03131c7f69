using System.Diagnostics.Metrics;

namespace ExtendDb.Ef.AspNetCore.Telemetry;

/// <summary>The meter <c>ExtendDb.Endpoint</c>, which measures requests.</summary>
internal sealed class EndpointMetrics : IDisposable
{
    public const string MeterName = "ExtendDb.Endpoint";

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;

    public EndpointMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _duration = _meter.CreateHistogram<double>(
            "extenddb.endpoint.request.duration",
            unit: "s",
            description: "How long a request took, from its headers to the last byte of its answer.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            });
    }

    /// <summary>Records a request that has been answered.</summary>
    /// <param name="operation">The name of the operation; <c>unknown</c> when it is not supported.</param>
    /// <param name="error">DynamoDB's name of the error; <c>none</c> when there was none.</param>
    /// <param name="duration">The time from the request to the response.</param>
    public void Answered(string operation, string error, TimeSpan duration) => _duration.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("operation", operation),
        new KeyValuePair<string, object?>("error", error));

    public void Dispose() => _meter.Dispose();
}
