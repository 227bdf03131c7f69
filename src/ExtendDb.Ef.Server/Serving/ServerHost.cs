using ExtendDb.Ef.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>Builds the ASP.NET Core host of <c>extenddb serve</c>.</summary>
internal static class ServerHost
{
    public const string DefaultUrl = "http://127.0.0.1:8000";

    /// <summary>The path of the console.</summary>
    public const string ConsolePath = "/console";

    // With the worker's 4 s this is shorter than the time until the process is killed from outside.
    private static readonly TimeSpan FinishRequestsWithin = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Reads the configuration like ASP.NET Core: appsettings.json of the current folder, then the environment.
    /// </summary>
    public static WebApplicationBuilder CreateBuilder(LogFormat? logFormat = null)
    {
        var builder = WebApplication.CreateBuilder();
        HostConfiguration.AddDefaults(builder.Configuration, logFormat);
        return builder;
    }

    /// <summary>Builds the server, which does not listen yet.</summary>
    public static WebApplication Build(
        WebApplicationBuilder builder, string connectionString, AccessKeys? keys, ServeOptions options)
    {
        Addresses.ListenOn(builder, options.Urls);
        var onlyLocalNames = false;
        if (options.OnlyThisMachine(keys))
        {
            builder.WebHost.ConfigureKestrel(static kestrel => kestrel.ConfigureEndpointDefaults(LoopbackOnly.Demand));
            onlyLocalNames = Addresses.AnswerOnlyLocalNames(builder);
        }

        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = FinishRequestsWithin;
            host.ServicesStopConcurrently = true;
        });
        HostConfiguration.AddOptions(builder, options.Region);
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

        Probes.Add(builder.Services);
        var app = HostStart.Build(builder.Logging, builder.Build);
        if (options.Console)
        {
            app.MapExtendDbConsole(ConsolePath);
        }

        app.MapExtendDb();
        Probes.Map(app);
        app.MapFallback(static http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsync("Here are POST / for the DynamoDB protocol, /console for browsers, /health/live, /health/ready and /metrics.\n");
        });
        return app;
    }

    private static void AddConsole(IServiceCollection services, AccessKeys? keys, bool readOnly)
    {
        services.AddExtendDbConsole(console => (console.AccessKeys, console.ReadOnly) = (keys, readOnly));

        // A sign-in ends with the process: no key to protect it is left in a folder of the user, and none is looked for at the start.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.Remove(services.Single(service =>
            service.ImplementationType is { Name: "DataProtectionHostedService", Namespace: "Microsoft.AspNetCore.DataProtection.Internal" }));
    }
}
