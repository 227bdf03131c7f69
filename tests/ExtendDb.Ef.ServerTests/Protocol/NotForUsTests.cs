using System.Net;
using System.Text;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class NotForUsTests(WireServer server) : IClassFixture<WireServer>
{
    private const string Unknown = "com.amazon.coral.service#UnknownOperationException";

    [Fact]
    public async Task GET_says_that_the_server_is_alive()
    {
        using var response = await server.Http.GetAsync(new Uri("/", UriKind.Relative));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().Be("healthy: 127.0.0.1 ");
    }

    [Theory]
    [InlineData("evil.example:8000", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost:8000", 200)]
    [InlineData("[::1]", 200)]
    public async Task Web_page_whose_name_points_at_this_machine_is_not_let_in(string host, int expected)
    {
        var answer = await server.Http.CallAsync("ListTables", "{}", request => request.Headers.Host = host);

        ((int)answer.Status).Should().Be(expected);
    }

    [Theory]
    [InlineData("PUT", "/")]
    [InlineData("DELETE", "/")]
    [InlineData("PATCH", "/")]
    [InlineData("BREW", "/")]
    [InlineData("POST", "/shop")]
    [InlineData("POST", "/favicon.ico")]
    [InlineData("GET", "/../etc/passwd")]
    [InlineData("GET", "/%2e%2e/%00")]
    [InlineData("POST", "/health/ready/now")]
    public async Task Other_methods_and_paths_are_not_found(string method, string path)
    {
        var answer = await server.Http.CallAsync("ListTables", "{}", request =>
        {
            request.Method = new(method);
            request.RequestUri = new(server.Url, path);
        });

        ((int)answer.Status).Should().BeInRange(400, 499);
    }

    [Fact]
    public async Task Request_without_a_target_is_refused()
    {
        var answer = await server.Http.CallAsync("ListTables", "{}", request => request.Headers.Remove("X-Amz-Target"));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Type.Should().Be(Unknown);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ListTables")]
    [InlineData("DynamoDB_20120810")]
    [InlineData("DynamoDB_20120810.")]
    [InlineData("DynamoDB_20120810.listTables")]
    [InlineData("DynamoDB_20120810.ListTables ListTables")]
    [InlineData("DynamoDB_20120810.ListTables.ListTables")]
    [InlineData("DynamoDB_20111205.ListTables")]
    [InlineData("dynamodb_20120810.ListTables")]
    [InlineData("DynamoDBStreams_20120810.ListTables")]
    [InlineData("DynamoDB_20120810.ListStreams")]
    [InlineData("DynamoDB_20120810.<script>alert(1)</script>")]
    public async Task Operation_that_is_not_there_is_unknown(string target)
    {
        var answer = await server.Http.CallAsync("ListTables", "{}", request => WithTarget(request, target));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Type.Should().Be(Unknown);
    }

    [Fact]
    public async Task Operation_that_is_named_twice_is_unknown()
    {
        var answer = await server.Http.CallAsync(
            "ListTables", "{}", request => request.Headers.TryAddWithoutValidation("X-Amz-Target", "DynamoDB_20120810.GetItem"));

        answer.Type.Should().Be(Unknown);
    }

    [Fact]
    public async Task Operation_with_bytes_that_are_no_text_is_refused()
    {
        await using var connection = await RawConnection.OpenAsync(server.Url);
        await connection.SendAsync(
            [.. "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nX-Amz-Target: "u8, 0xff, 0xfe, .. "\r\n\r\n{}"u8]);

        var answer = await connection.ReadAnswerAsync();

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Unsigned_request_lacks_a_token()
    {
        var answer = await server.Http.CallAsync("ListTables", "{}", request => request.Headers.Remove("Authorization"));

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
        answer.Type.Should().Be("com.amazon.coral.service#MissingAuthenticationTokenException");
        answer.Message.Should().Be("Request is missing Authentication Token");
    }

    [Fact]
    public async Task Form_of_a_web_page_is_refused()
    {
        using var form = new StringContent("""{"TableName=a":1}""", Encoding.UTF8, "text/plain");

        using var response = await server.Http.PostAsync(new Uri("/", UriKind.Relative), form);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    private static void WithTarget(HttpRequestMessage request, string target)
    {
        request.Headers.Remove("X-Amz-Target");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", target);
    }
}
