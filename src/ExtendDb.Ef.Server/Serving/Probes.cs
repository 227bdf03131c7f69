using ExtendDb.Ef.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>What the monitoring of a process reads: /health/live, /health/ready and /metrics.</summary>
internal static class Probes
{
    private const string ServiceName = "extenddb";

    public static void Add(IServiceCollection services)
    {
        services.AddHealthChecks().AddExtendDb();
        HealthGauge.AddTo(services);
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .WithMetrics(metrics => metrics
                .AddMeter("ExtendDb.*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
                .AddPrometheusExporter());
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(ExtendDbHealthOptions.ReadyTag),
            ResponseWriter = HealthReportJson.WriteAsync,
        });
        app.MapPrometheusScrapingEndpoint("/metrics");
    }
}
