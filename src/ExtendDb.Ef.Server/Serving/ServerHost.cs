using ExtendDb.Ef.AspNetCore;
using Microsoft.AspNetCore.Builder;
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
        Addresses.ListenOn(builder, options.Urls, DefaultUrl);
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
        HostConfiguration.AddServices(builder, options.Region);
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
        Probes.Add(builder.Services);
        var app = HostStart.Build(builder);
        app.MapExtendDb();
        Probes.Map(app);
        app.MapFallback(static http =>
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return http.Response.WriteAsync("Here are POST / for the DynamoDB protocol, /health/live, /health/ready and /metrics.\n");
        });
        return app;
    }
}
