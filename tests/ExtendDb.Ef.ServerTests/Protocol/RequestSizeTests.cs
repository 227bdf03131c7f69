using System.Net;
using System.Text;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class RequestSizeTests(WireServer server) : IClassFixture<WireServer>
{
    private const int Megabyte = 1_024 * 1_024;
    private static readonly byte[] Filler = Encoding.ASCII.GetBytes(new string(' ', 17 * Megabyte));

    [Fact]
    public async Task Request_of_16_MB_is_taken()
    {
        var answer = await server.Http.CallAsync("ListTables", Padded(16 * Megabyte));

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_of_16_MB_without_a_length_is_taken()
    {
        using var chunked = new ByteArrayContent(Padded(16 * Megabyte));

        var answer = await server.Http.CallAsync("ListTables", chunked, Chunked);

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Batch_of_25_items_of_400_KB_is_written()
    {
        var table = await server.CreateTableAsync();
        var value = new string('v', 399 * 1_024);
        var writes = string.Join(',', Enumerable.Range(0, 25).Select(i =>
            $$$"""{"PutRequest":{"Item":{"p":{"S":"{{{i}}}"},"v":{"S":"{{{value}}}"}} }}"""));

        var answer = await server.Http.CallAsync("BatchWriteItem", $$$"""{"RequestItems":{"{{{table}}}":[{{{writes}}}]}}""");

        answer.ToString().Should().Be("""200 {"UnprocessedItems":{}}""");
    }

    [Fact]
    public async Task Request_that_says_it_has_17_MB_is_refused_before_it_is_sent()
    {
        await using var connection = await RawConnection.OpenAsync(server.Url);
        await connection.SendAsync(RawConnection.HeadOf("ListTables", $"Content-Length: {17 * Megabyte}", "Expect: 100-continue"));

        var answer = await connection.ReadAnswerAsync();

        ExpectTooLarge(answer);
    }

    [Fact]
    public async Task Request_of_17_MB_is_too_large_and_the_next_one_is_answered()
    {
        var answer = await server.Http.CallAsync("ListTables", Padded(17 * Megabyte));

        ExpectTooLarge(answer);
        (await server.Http.CallAsync("ListTables", "{}")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_of_17_MB_without_a_length_is_too_large_and_the_next_one_is_answered()
    {
        using var chunked = new ByteArrayContent(Padded(17 * Megabyte));

        var answer = await server.Http.CallAsync("ListTables", chunked, Chunked);

        ExpectTooLarge(answer);
        (await server.Http.CallAsync("ListTables", "{}")).Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("one")]
    [InlineData("99999999999999999999")]
    [InlineData("1, 2")]
    public async Task Nonsensical_length_is_refused(string length)
    {
        await using var connection = await RawConnection.OpenAsync(server.Url);
        await connection.SendAsync(RawConnection.HeadOf("ListTables", $"Content-Length: {length}"));

        var answer = await connection.ReadAnswerAsync();

        answer.Status.Should().Be(HttpStatusCode.BadRequest);
    }

    private static byte[] Padded(int length) => [.. "{"u8, .. Filler.AsSpan(0, length - 2), .. "}"u8];

    private static void Chunked(HttpRequestMessage request)
    {
        request.Headers.TransferEncodingChunked = true;
        request.Content!.Headers.ContentLength = null;
    }

    private static void ExpectTooLarge(WireAnswer answer)
    {
        answer.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        answer.Type.Should().Be("com.amazon.coral.service#RequestTooLargeException");
    }
}
