using Amazon.DynamoDBv2;
using Amazon.Runtime;
using ExtendDb.Ef.AspNetCore.Protocol;

namespace ExtendDb.Ef.AwsSdk.InProcess;

/// <summary>The configuration of a client that uses the endpoint of its own process.</summary>
internal static class ClientConfiguration
{
    // The name of this machine: nothing is sent there, and responses may repeat it.
    private const string Url = "http://localhost";

    // The SDK's number for DynamoDB.
    private const int Retries = 3;

    /// <summary>Creates the configuration of a client.</summary>
    /// <param name="endpoint">The endpoint that answers the client.</param>
    /// <param name="configure">Changes the configuration; null keeps the defaults.</param>
    /// <remarks>
    /// Each value for which the SDK would look into environment variables, configuration files or the instance metadata
    /// service is set.
    /// </remarks>
    public static AmazonDynamoDBConfig Of(InProcessEndpoint endpoint, Action<AmazonDynamoDBConfig>? configure)
    {
        var config = new AmazonDynamoDBConfig
        {
            ServiceURL = Url,
            IgnoreConfiguredEndpointUrls = true,
            AuthenticationRegion = endpoint.Region,
            DefaultConfigurationMode = DefaultConfigurationMode.Standard,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = Retries,
            EndpointDiscoveryEnabled = false,
            AccountIdEndpointMode = AccountIdEndpointMode.DISABLED,
            UseDualstackEndpoint = false,
            UseFIPSEndpoint = false,
            DisableRequestCompression = true,
            RequestMinCompressionSizeBytes = 0,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            DisableClockSkewCorrection = true,
            AuthSchemePreference = [],
            SigV4aSigningRegionSet = [],
            ClientAppId = string.Empty,
        };
        configure?.Invoke(config);
        config.HttpClientFactory = new EndpointHttpClientFactory(new(endpoint));
        return config;
    }
}
