using ExtendDb.Ef.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>Builds the ASP.NET Core host of <c>extenddb serve</c>.</summary>
internal static class ServerHost
{
    public const string DefaultUrl = "http://127.0.0.1:8000";

    /// <summary>The path of the console.</summary>
    public const string ConsolePath = "/console";

    /// <summary>The section of the configuration that holds the options of ExtendDb.</summary>
    public const string Section = "ExtendDb";

    /// <summary>The settings, of the environment, that tell AWS's tools and SDKs their region, the first one before the second.</summary>
    private static readonly string[] RegionsOfTools = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    private const string HealthSection = Section + ":Health";

    private const string AllowedHosts = "AllowedHosts";
    private const string ServiceName = "extenddb";
    private const string Kestrel = "Kestrel";
    private const string Endpoints = "Endpoints";

    // With the worker's 4 s this is shorter than the time until the process is killed from outside.
    private static readonly TimeSpan FinishRequestsWithin = TimeSpan.FromSeconds(5);

    private static readonly string[] NamesOfThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    // The values for settings that appsettings.json and the environment do not have.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Npgsql"] = nameof(LogLevel.Warning),
        ["Logging:Console:FormatterName"] = ConsoleFormatterNames.Simple,
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        [$"Logging:Console:{nameof(ConsoleLoggerOptions.LogToStandardErrorThreshold)}"] = nameof(LogLevel.Trace),
    };

    /// <summary>
    /// Reads the configuration like ASP.NET Core: appsettings.json of the current folder, then the environment.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        return builder;
    }

    /// <summary>Builds the server, which does not listen yet.</summary>
    public static WebApplication Build(
        WebApplicationBuilder builder, string connectionString, AccessKeys? keys, ServeOptions options)
    {
        var onlyThisMachine = keys is null && !options.Insecure;
        if (options.Urls is not null || !SaysWhereToListen(builder.Configuration))
        {
            builder.WebHost.UseUrls(options.Urls ?? DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.Urls is not null)
            {
                kestrel.Configure(WithoutEndpoints(builder.Configuration.GetSection(Kestrel)));
            }

            if (onlyThisMachine)
            {
                kestrel.ConfigureEndpointDefaults(LoopbackOnly.Demand);
            }
        });
        var onlyLocalNames = onlyThisMachine && builder.Configuration[AllowedHosts] is null;
        if (onlyLocalNames)
        {
            // Otherwise the browser of a user would let in a web page whose name was pointed at this machine.
            builder.Services.PostConfigure<HostFilteringOptions>(filter => filter.AllowedHosts = NamesOfThisMachine);
        }

        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = FinishRequestsWithin;
            host.ServicesStopConcurrently = true;
        });
        if (RegionsOfTools.Select(name => builder.Configuration[name]).FirstOrDefault(region => region is { Length: > 0 }) is { } known)
        {
            builder.Services.Configure<ExtendDbOptions>(extendDb => extendDb.Region = known);
        }

        builder.Services.Configure<ExtendDbOptions>(builder.Configuration.GetSection(Section));
        if (options.Region is { } chosen)
        {
            builder.Services.Configure<ExtendDbOptions>(extendDb => extendDb.Region = chosen);
        }

        builder.Services.AddExtendDb(connectionString, extendDb => extendDb.Propagation.Enabled &= options.Worker);
        builder.Services.AddExtendDbEndpoint(endpoint =>
        {
            endpoint.AccessKeys = keys;
            endpoint.AllowedOrigins = options.AllowedOrigins;
            if (!onlyLocalNames)
            {
                endpoint.AllowAnyCredentials();
            }
        });
        if (options.Console)
        {
            AddConsole(builder.Services, keys, options.ConsoleReadOnly);
        }

        builder.Services.Configure<ExtendDbHealthOptions>(builder.Configuration.GetSection(HealthSection));
        builder.Services.AddHealthChecks().AddExtendDb();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(ServiceName))
            .WithMetrics(metrics => metrics
                .AddMeter("ExtendDb.*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
                .AddPrometheusExporter());

        // An error at the start is thrown, and the command prints it; the log would show its stack trace.
        var hasStarted = false;
        builder.Logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host", level => hasStarted && level >= LogLevel.Warning);
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        return Map(app, options.Console);
    }

    private static void AddConsole(IServiceCollection services, AccessKeys? keys, bool readOnly)
    {
        services.AddExtendDbConsole(console => (console.AccessKeys, console.ReadOnly) = (keys, readOnly));

        // A sign-in ends with the process: no key to protect it is left in a folder of the user, and none is looked for at the start.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.Remove(services.Single(service =>
            service.ImplementationType is { Name: "DataProtectionHostedService", Namespace: "Microsoft.AspNetCore.DataProtection.Internal" }));
    }

    private static WebApplication Map(WebApplication app, bool hasConsole)
    {
        if (hasConsole)
        {
            app.MapExtendDbConsole(ConsolePath);
        }

        app.MapExtendDb();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(ExtendDbHealthOptions.ReadyTag),
            ResponseWriter = HealthReportJson.WriteAsync,
        });
        app.MapPrometheusScrapingEndpoint("/metrics");
        app.MapFallback(static http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsync("Here are POST / for the DynamoDB protocol, /console for browsers, /health/live, /health/ready and /metrics.\n");
        });
        return app;
    }

    // Kestrel prefers its endpoints to all other addresses, including those of the command line.
    private static IConfigurationRoot WithoutEndpoints(IConfigurationSection kestrel) => new ConfigurationBuilder()
        .AddInMemoryCollection(kestrel.AsEnumerable(makePathsRelative: true)
            .Where(setting => !setting.Key.StartsWith(Endpoints + ':', StringComparison.OrdinalIgnoreCase)))
        .Build();

    private static bool SaysWhereToListen(ConfigurationManager configuration) =>
        configuration[WebHostDefaults.ServerUrlsKey] is not null
        || configuration[WebHostDefaults.HttpPortsKey] is not null
        || configuration[WebHostDefaults.HttpsPortsKey] is not null
        || configuration.GetSection($"{Kestrel}:{Endpoints}").GetChildren().Any();
}
