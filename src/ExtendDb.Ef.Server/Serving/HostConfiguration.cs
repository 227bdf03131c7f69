using ExtendDb.Ef.AspNetCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>The configuration that <c>extenddb serve</c> and <c>extenddb worker</c> read: appsettings.json, then the environment.</summary>
internal static class HostConfiguration
{
    /// <summary>The section of the configuration that holds the options of ExtendDb.</summary>
    public const string Section = "ExtendDb";

    /// <summary>The file of the current folder with the configuration.</summary>
    public const string File = "appsettings.json";

    private const string HealthSection = Section + ":Health";
    private const string FormatterName = "Logging:Console:FormatterName";
    private const string TimestampFormat = "Logging:Console:FormatterOptions:TimestampFormat";
    private const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The settings, of the environment, that tell AWS's tools and SDKs their region, the first one before the second.</summary>
    private static readonly string[] RegionsOfTools = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    // The values for settings that appsettings.json and the environment do not have.
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Npgsql"] = nameof(LogLevel.Warning),

        // What these log is thrown too, and logged by those who catch it, once and not once for each attempt.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = nameof(LogLevel.None),
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = nameof(LogLevel.None),
        [FormatterName] = ConsoleFormatterNames.Simple,
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        [TimestampFormat] = Timestamp + " ",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        [$"Logging:Console:{nameof(ConsoleLoggerOptions.LogToStandardErrorThreshold)}"] = nameof(LogLevel.Trace),
    };

    /// <summary>Adds the defaults of this program below, and the choice of the command line above all other sources.</summary>
    /// <param name="configuration">The configuration of a host, with its file and the environment.</param>
    /// <param name="logFormat">The format that the command line chose; null for that of the configuration.</param>
    public static void AddDefaults(IConfigurationManager configuration, LogFormat? logFormat)
    {
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        if (logFormat is { } chosen)
        {
            configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                [FormatterName] = chosen == LogFormat.Json ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple,
                [TimestampFormat] = chosen == LogFormat.Json ? Timestamp : Timestamp + " ",
            });
        }
    }

    /// <summary>Adds the options of ExtendDb and of its health checks.</summary>
    /// <param name="builder">The builder of the host.</param>
    /// <param name="region">The region that the command line chose; null for that of the configuration.</param>
    public static void AddOptions(IHostApplicationBuilder builder, string? region = null)
    {
        var (services, configuration) = (builder.Services, builder.Configuration);
        if (RegionsOfTools.Select(name => configuration[name]).FirstOrDefault(known => known is { Length: > 0 }) is { } ofTools)
        {
            services.Configure<ExtendDbOptions>(extendDb => extendDb.Region = ofTools);
        }

        services.Configure<ExtendDbOptions>(configuration.GetSection(Section));
        if (region is not null)
        {
            services.Configure<ExtendDbOptions>(extendDb => extendDb.Region = region);
        }

        services.Configure<ExtendDbHealthOptions>(configuration.GetSection(HealthSection));
    }
}
