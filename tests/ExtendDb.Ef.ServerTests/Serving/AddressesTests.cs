using ExtendDb.Ef.Server.Serving;
using FluentAssertions;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Serving;

public class AddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8000")]
    [InlineData("http://localhost;https://[::1]:8443")]
    [InlineData("http://unix:/run/extenddb.sock")]
    public void Address_of_this_machine_is_safe(string urls) => Check(urls).Should().NotThrow();

    [Theory]
    [InlineData("http://0.0.0.0:8000")]
    [InlineData("http://*:8000")]
    [InlineData("http://localhost:8000;http://192.0.2.1:8001")]
    [InlineData("http://db.example.org:8000")]
    public void Address_that_others_reach_is_refused_with_the_ways_out(string urls) =>
        Check(urls).Should().Throw<UnsafeAddressException>().WithMessage("*--urls*--access-keys*--insecure*");

    [Theory]
    [InlineData("127.0.0.1:8000")]
    [InlineData("ftp://localhost")]
    [InlineData("http://localhost:99999")]
    [InlineData("http://localhost:8000/path")]
    public void What_is_no_address_is_refused_with_an_example(string urls) =>
        Check(urls).Should().Throw<WrongConfigurationException>().WithMessage($"--urls: '{urls}'*http://127.0.0.1:8000*");

    [Theory]
    [InlineData("Kestrel:Endpoints:Public:Url", "http://0.0.0.0:1", "Kestrel:Endpoints:Public:Url")]
    [InlineData("urls", "http://0.0.0.0:1", "ASPNETCORE_URLS")]
    [InlineData("http_ports", "8080", "ASPNETCORE_HTTP_PORTS")]
    public void Setting_that_has_the_address_is_named(string setting, string value, string named) =>
        Check(urls: null, (setting, value)).Should().Throw<UnsafeAddressException>().WithMessage($"*{named}*");

    [Fact]
    public void Addresses_of_the_command_line_hide_those_of_the_configuration() =>
        Check("http://localhost:8000", ("urls", "http://0.0.0.0:1"), ("Kestrel:Endpoints:Public:Url", "http://0.0.0.0:1"))
            .Should().NotThrow();

    private static Action Check(string? urls, params (string Setting, string Value)[] configured) => () => Addresses.Check(
        new ConfigurationBuilder()
            .AddInMemoryCollection(configured.Select(each => KeyValuePair.Create(each.Setting, (string?)each.Value))).Build(),
        urls,
        onlyThisMachine: true);
}
