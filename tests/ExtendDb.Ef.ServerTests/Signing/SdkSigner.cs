using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.Runtime.Internal.Util;
using ExtendDb.Ef.AspNetCore.Signing;

namespace ExtendDb.Ef.ServerTests.Signing;

/// <summary>Signs requests as a client does, with the signers of the AWS SDK.</summary>
internal static class SdkSigner
{
    public const string KeyId = "AKIDEXAMPLE";
    public const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    public const string Region = "eu-west-1";

    public static readonly DateTimeOffset SignedAt = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Returns a request for the list of tables, to be changed before it is signed.</summary>
    public static DefaultRequest ListTables()
    {
        var request = new DefaultRequest(new ListTablesRequest(), "AmazonDynamoDBv2")
        {
            Endpoint = new Uri("http://localhost:8000"),
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = Encoding.UTF8.GetBytes("{\"Limit\":10}"),
        };
        request.Headers["Content-Type"] = "application/x-amz-json-1.0";
        request.Headers["X-Amz-Target"] = "DynamoDB_20120810.ListTables";
        return request;
    }

    /// <summary>Signs a request in its Authorization header.</summary>
    public static SignedRequest InHeader(
        DefaultRequest request, string service = "dynamodb", string region = Region, DateTimeOffset? at = null)
    {
        var result = new AWS4Signer().SignRequest(
            request, Config(service, region), new RequestMetrics(), KeyId, Secret, (at ?? SignedAt).UtcDateTime);
        request.Headers["Authorization"] = result.ForAuthorizationHeader;
        return Sent(request);
    }

    /// <summary>Signs a request in its query.</summary>
    public static SignedRequest InQuery(DefaultRequest request, int expires, DateTimeOffset? at = null)
    {
        request.UseQueryString = true;
        request.Parameters["X-Amz-Expires"] = expires.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var result = AWS4PreSignedUrlSigner.SignRequest(
            request,
            Config("dynamodb", Region),
            new RequestMetrics(),
            KeyId,
            Secret,
            "dynamodb",
            Region,
            (at ?? SignedAt).UtcDateTime);
        var sent = Sent(request);
        return sent with { Query = $"{sent.Query}&{result.ForQueryParameters}".TrimStart('&') };
    }

    private static AmazonDynamoDBConfig Config(string service, string region) => new()
    {
        ServiceURL = "http://localhost:8000",
        AuthenticationServiceName = service,
        AuthenticationRegion = region,
    };

    private static SignedRequest Sent(DefaultRequest request)
    {
        var url = AmazonServiceClient.ComposeUrl(request);
        return WireRequest.Of(
            request.HttpMethod,
            url.AbsolutePath,
            url.Query.TrimStart('?'),
            request.Content ?? [],
            [.. request.Headers.Select(header => (header.Key, header.Value))]);
    }
}
