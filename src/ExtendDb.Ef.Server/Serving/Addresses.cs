using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>The addresses on which a process listens.</summary>
internal static class Addresses
{
    public const string UrlsOption = "--urls";

    private const string AllowedHosts = "AllowedHosts";
    private const string Kestrel = "Kestrel";
    private const string Endpoints = "Endpoints";

    private static readonly string[] NamesOfThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Refuses addresses that cannot be listened on, before anything is started.</summary>
    /// <param name="configuration">The configuration of the process.</param>
    /// <param name="urls">The addresses of the command line, which come before those of the configuration; null for none.</param>
    /// <param name="onlyThisMachine">Whether other machines must not reach the addresses.</param>
    /// <exception cref="WrongConfigurationException">An address is none, and the message says where it is from.</exception>
    /// <exception cref="UnsafeAddressException">Other machines could reach an address.</exception>
    public static void Check(IConfiguration configuration, string? urls, bool onlyThisMachine)
    {
        foreach (var (url, place) in Given(configuration, urls))
        {
            var address = Parse(url, place);
            if (onlyThisMachine && !IsOfThisMachine(address))
            {
                throw UnsafeAddressException.Of($"{url} ({place})");
            }
        }
    }

    /// <summary>Lets a process listen on the addresses of the command line, or else of the configuration, or else the default.</summary>
    /// <param name="builder">The builder of the process.</param>
    /// <param name="urls">The addresses of the command line; null for those of the configuration.</param>
    public static void ListenOn(WebApplicationBuilder builder, string? urls)
    {
        if (urls is not null || !SaysWhereToListen(builder.Configuration))
        {
            builder.WebHost.UseUrls(urls ?? ServerHost.DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (urls is not null)
            {
                kestrel.Configure(WithoutEndpoints(builder.Configuration.GetSection(Kestrel)));
            }
        });
    }

    /// <summary>Answers requests to names of this machine only, unless the configuration names hosts.</summary>
    /// <returns>Whether names of this machine are all that is answered.</returns>
    /// <remarks>Otherwise the browser of a user would let in a web page whose name was pointed at this machine.</remarks>
    public static bool AnswerOnlyLocalNames(WebApplicationBuilder builder)
    {
        if (builder.Configuration[AllowedHosts] is not null)
        {
            return false;
        }

        builder.Services.PostConfigure<HostFilteringOptions>(filter => filter.AllowedHosts = NamesOfThisMachine);
        return true;
    }

    public static bool IsOfThisMachine(string url) => IsOfThisMachine(BindingAddress.Parse(url));

    /// <summary>Returns whether all addresses of a list, divided by semicolons, are of this machine.</summary>
    public static bool AreOfThisMachine(string urls) => Split(urls).All(IsOfThisMachine);

    private static bool IsOfThisMachine(BindingAddress address) =>
        address.IsUnixPipe || address.IsNamedPipe
        || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    private static IEnumerable<(string Url, string Place)> Given(IConfiguration configuration, string? urls)
    {
        if (urls is not null)
        {
            return Split(urls).Select(url => (url, UrlsOption));
        }

        // Kestrel prefers its endpoints to all other addresses.
        var endpoints = configuration.GetSection($"{Kestrel}:{Endpoints}").GetChildren()
            .Where(endpoint => endpoint["Url"] is not null)
            .Select(endpoint => (endpoint["Url"]!, $"{endpoint.Path}:Url")).ToList();
        return endpoints.Count > 0 ? endpoints
            : configuration[WebHostDefaults.ServerUrlsKey] is { } given ? Split(given).Select(url => (url, "ASPNETCORE_URLS"))
            : Ports(configuration, WebHostDefaults.HttpPortsKey, "http")
                .Concat(Ports(configuration, WebHostDefaults.HttpsPortsKey, "https"));
    }

    private static IEnumerable<(string Url, string Place)> Ports(IConfiguration configuration, string key, string scheme) =>
        Split(configuration[key] ?? "").Select(port => ($"{scheme}://*:{port}", $"ASPNETCORE_{key.ToUpperInvariant()}"));

    private static string[] Split(string list) =>
        list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BindingAddress Parse(string url, string place)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is not ("http" or "https") ? throw new FormatException("Its scheme is not http or https.")
                : address is { IsUnixPipe: false, IsNamedPipe: false, Port: < 0 or > IPEndPoint.MaxPort }
                    ? throw new FormatException("Its port is none.")
                : address.PathBase.Length > 0 ? throw new FormatException("It has a path.")
                : address;
        }
        catch (FormatException wrong)
        {
            throw new WrongConfigurationException(
                $"{place}: '{url}' is no address to listen on, such as {ServerHost.DefaultUrl}. {wrong.Message}", wrong);
        }
    }

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
