using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using ExtendDb.Ef.ServerTests.Protocol;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class SignedServerTests(SignedServer server) : IClassFixture<SignedServer>
{
    private const string Prefix = "com.amazon.coral.service#";

    [Fact]
    public async Task SDK_with_a_known_key_can_do_everything()
    {
        using var client = WireServer.ClientOf(server.Url, SdkSigner.KeyId, SdkSigner.Secret);
        Dictionary<string, AttributeValue> key = new() { ["p"] = new("ä/ +%") };

        await client.CreateTableAsync(new CreateTableRequest
        {
            TableName = "Signed",
            KeySchema = [new("p", "HASH")],
            AttributeDefinitions = [new("p", "S")],
            BillingMode = "PAY_PER_REQUEST",
        });
        await client.PutItemAsync("Signed", key);
        await client.UpdateItemAsync("Signed", key, new() { ["v"] = new() { Action = "PUT", Value = new(new string('v', 9_000)) } });
        await client.BatchWriteItemAsync(new BatchWriteItemRequest(new() { ["Signed"] = [new(new PutRequest(new() { ["p"] = new("b") }))] }));
        await client.TransactWriteItemsAsync(new()
        {
            TransactItems = [new() { Delete = new() { TableName = "Signed", Key = new() { ["p"] = new("b") } } }],
        });
        var item = await client.GetItemAsync("Signed", key);
        var batch = await client.BatchGetItemAsync(new BatchGetItemRequest(new() { ["Signed"] = new() { Keys = [key] } }));
        var scan = await client.ScanAsync(new ScanRequest("Signed"));
        await client.DeleteItemAsync("Signed", key);
        await client.DeleteTableAsync("Signed");

        item.Item["v"].S.Should().HaveLength(9_000);
        batch.Responses["Signed"].Should().ContainSingle();
        scan.Items.Should().ContainSingle();
    }

    [Theory]
    [InlineData(SdkSigner.KeyId, "wrong", "InvalidSignatureException")]
    [InlineData("UNKNOWN", SdkSigner.Secret, "UnrecognizedClientException")]
    public async Task SDK_with_another_key_or_secret_is_refused(string keyId, string secret, string error)
    {
        using var client = WireServer.ClientOf(server.Url, keyId, secret);

        var listing = () => client.ListTablesAsync();

        var refusal = (await listing.Should().ThrowAsync<AmazonDynamoDBException>()).Which;
        refusal.ErrorCode.Should().Be(error);
        refusal.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Unsigned_request_lacks_a_token()
    {
        using var http = new HttpClient { BaseAddress = server.Url };

        var answer = await http.CallAsync("ListTables", "{}", request => request.Headers.Remove("Authorization"));

        answer.Type.Should().Be(Prefix + "MissingAuthenticationTokenException");
    }

    [Fact]
    public async Task Credentials_of_anybody_are_not_enough()
    {
        using var http = new HttpClient { BaseAddress = server.Url };

        var answer = await http.CallAsync("ListTables", "{}");

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Json.TryGetProperty("TableNames", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Signed_request_is_answered()
    {
        server.Clock.Now = SdkSigner.SignedAt;

        var answer = await server.SendAsync(SdkSigner.InHeader(SdkSigner.ListTables()));

        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
    }

    [Fact]
    public async Task Packed_request_is_signed_as_it_is_sent()
    {
        server.Clock.Now = SdkSigner.SignedAt;

        var answer = await server.SendAsync(SdkSigner.InHeader(SignedServer.Packed()));

        answer.Status.Should().Be(HttpStatusCode.OK, answer.ToString());
    }

    [Fact]
    public async Task Body_that_was_changed_on_its_way_is_refused()
    {
        server.Clock.Now = SdkSigner.SignedAt;
        var signed = SdkSigner.InHeader(SdkSigner.ListTables());

        var answer = await server.SendAsync(signed, "{\"Limit\":11}"u8.ToArray());

        Expect(answer, "InvalidSignatureException");
    }

    [Theory]
    [InlineData("X-Amz-Target", "DynamoDB_20120810.DescribeLimits")]
    [InlineData("X-Amz-Date", "20260301T120001Z")]
    [InlineData("X-Amz-Security-Token", "another")]
    public async Task Header_that_was_changed_on_its_way_is_refused(string header, string value)
    {
        server.Clock.Now = SdkSigner.SignedAt;

        var answer = await server.SendAsync(SdkSigner.InHeader(SdkSigner.ListTables()).With(header, value));

        Expect(answer, "InvalidSignatureException");
    }

    [Fact]
    public async Task Request_that_is_sent_again_after_its_time_is_refused()
    {
        server.Clock.Now = SdkSigner.SignedAt;
        var signed = SdkSigner.InHeader(SdkSigner.ListTables());
        var first = await server.SendAsync(signed);

        server.Clock.Now += TimeSpan.FromMinutes(16);
        var replayed = await server.SendAsync(signed);

        first.Status.Should().Be(HttpStatusCode.OK);
        Expect(replayed, "InvalidSignatureException");
        replayed.Message.Should().StartWith("Signature expired: ");
    }

    [Fact]
    public async Task What_is_wrong_inside_an_unsigned_body_is_not_told()
    {
        using var http = new HttpClient { BaseAddress = server.Url };

        var answer = await http.CallAsync("ListTables", "nonsense");

        answer.Type.Should().NotBe(Prefix + "SerializationException");
    }

    private static void Expect(WireAnswer answer, string error)
    {
        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Type.Should().Be(Prefix + error);
    }
}
