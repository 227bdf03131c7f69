using System.Net;
using System.Text;
using System.Text.Json;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

/// <summary>Requests that lack every member: SDKs refuse to send them, other programs do not.</summary>
public sealed class EmptyRequestTests(WireServer server) : IClassFixture<WireServer>
{
    [Theory]
    [InlineData("BatchExecuteStatement")]
    [InlineData("BatchGetItem")]
    [InlineData("BatchWriteItem")]
    [InlineData("DeleteItem")]
    [InlineData("DeleteTable")]
    [InlineData("DescribeContinuousBackups")]
    [InlineData("DescribeTable")]
    [InlineData("DescribeTimeToLive")]
    [InlineData("ExecuteStatement")]
    [InlineData("ExecuteTransaction")]
    [InlineData("GetItem")]
    [InlineData("PutItem")]
    [InlineData("Query")]
    [InlineData("Scan")]
    [InlineData("TransactGetItems")]
    [InlineData("TransactWriteItems")]
    [InlineData("UpdateItem")]
    [InlineData("UpdateTable")]
    [InlineData("UpdateTimeToLive")]
    public async Task A_request_without_members_is_refused_with_what_is_missing(string operation)
    {
        var message = await RefusalOfAsync(operation);

        message.Should().Contain("failed to satisfy constraint: Member must not be null");
    }

    [Fact]
    public async Task A_table_without_a_name_is_refused_before_all_else()
    {
        var message = await RefusalOfAsync("CreateTable");

        message.Should().Be("The parameter 'TableName' is required but was not present in the request");
    }

    [Theory]
    [InlineData("ListTagsOfResource")]
    [InlineData("TagResource")]
    [InlineData("UntagResource")]
    public async Task A_request_about_tags_without_an_ARN_is_refused_as_one_with_a_wrong_one(string operation)
    {
        var message = await RefusalOfAsync(operation);

        message.Should().Be("Invalid TableArn");
    }

    [Theory]
    [InlineData("DescribeStream", "Invalid StreamArn")]
    [InlineData("GetRecords", "Invalid ShardIterator")]
    [InlineData("GetShardIterator", "One or more parameter values were invalid: streamArn cannot be empty or null.")]
    public async Task A_request_about_streams_is_refused_in_the_words_of_its_operation(string operation, string expected)
    {
        var message = await RefusalOfAsync(operation);

        message.Should().Be(expected);
    }

    private async Task<string?> RefusalOfAsync(string operation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", WireCalls.TargetOf(operation));
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 any");
        using var response = await server.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        error.GetProperty("__type").GetString().Should().Be("com.amazon.coral.validate#ValidationException");
        return error.GetProperty("message").GetString();
    }
}
