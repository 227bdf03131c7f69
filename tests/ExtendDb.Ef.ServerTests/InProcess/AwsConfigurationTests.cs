using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ExtendDb.Ef.ServerTests.Sdk;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ExtendDb.Ef.ServerTests.InProcess;

/// <summary>A machine whose AWS configuration is for another service, or wrong.</summary>
[Collection(AloneCollection.Name)]
public sealed class AwsConfigurationTests(InProcessHost host) : IClassFixture<InProcessHost>, IDisposable
{
    // The SDK takes the same values from a profile in its configuration files, but looks for those once in a process.
    private static readonly (string Name, string Value)[] Variables =
    [
        ("AWS_ACCESS_KEY_ID", "of another service"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
        ("AWS_DEFAULTS_MODE", "nobody's"),
        ("AWS_RETRY_MODE", "adaptive"),
        ("AWS_MAX_ATTEMPTS", "9"),
        ("AWS_ENABLE_ENDPOINT_DISCOVERY", "true"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
        ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "required"),
        ("AWS_AUTH_SCHEME_PREFERENCE", "httpBearerAuth"),
        ("AWS_SDK_UA_APP_ID", "another"),
    ];

    private readonly List<(string Name, string? Value)> _before =
        [.. Variables.Select(each => (each.Name, Environment.GetEnvironmentVariable(each.Name)))];

    [Fact]
    public async Task Client_in_process_takes_nothing_from_the_AWS_configuration_of_the_machine()
    {
        Set(Variables!);
        new AmazonDynamoDBConfig().MaxErrorRetry.Should().Be(8, "another client takes it");
        using var other = await InProcessHost.StartAsync(host.ConnectionString);
        var client = other.Services.GetRequiredService<IAmazonDynamoDB>();

        await TableSpec.Of("Id:S").CreateAsync(client);

        var config = client.Config;
        (config.RetryMode, config.MaxErrorRetry).Should().Be((RequestRetryMode.Standard, 3));
        config.ServiceURL.Should().Be("http://localhost/");
        config.RegionEndpoint.Should().BeNull();
        (config.EndpointDiscoveryEnabled, config.UseFIPSEndpoint, config.UseDualstackEndpoint).Should().Be((false, false, false));
        config.AccountIdEndpointMode.Should().Be(AccountIdEndpointMode.DISABLED);
        config.AuthSchemePreference.Should().BeEmpty();
        config.ClientAppId.Should().BeEmpty();
    }

    public void Dispose() => Set(_before);

    private static void Set(IEnumerable<(string Name, string? Value)> variables)
    {
        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        FallbackInternalConfigurationFactory.Reset();
    }
}
