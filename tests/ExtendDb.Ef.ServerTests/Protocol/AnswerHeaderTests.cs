using System.Globalization;
using System.Net;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class AnswerHeaderTests(WireServer server) : IClassFixture<WireServer>
{
    private const int PackedOver = 4_096;

    // {"Item":{"p":{"S":"long"},"v":{"S":""}}}
    private const int LengthWithoutValue = 40;

    [Fact]
    public async Task Every_request_has_an_id_of_52_capitals_and_digits_of_its_own()
    {
        var ids = new List<string>();
        foreach (var operation in new[] { "ListTables", "ListTables", "Nothing", "GetItem" })
        {
            ids.Add((await server.Http.CallAsync(operation, "{}")).Headers["x-amzn-requestid"]);
        }

        ids.Should().OnlyHaveUniqueItems().And.AllSatisfy(id => id.Should().MatchRegex("^[A-Z0-9]{52}$"));
    }

    [Theory]
    [InlineData("ListTables", "{}")]
    [InlineData("ListTables", "[")]
    [InlineData("Nothing", "{}")]
    [InlineData("DescribeEndpoints", "{}")]
    public async Task Answers_and_errors_have_the_checksum_of_their_bodies(string operation, string json)
    {
        var answer = await server.Http.CallAsync(operation, json);

        answer.Headers["x-amz-crc32"].Should().Be(ChecksumOf(answer.Body));
    }

    [Fact]
    public async Task Checksum_of_a_packed_answer_is_of_what_is_sent()
    {
        var (table, _) = await PutAsync(2 * PackedOver);

        var answer = await GetAsync(table, "gzip");

        answer.Headers["content-encoding"].Should().Be("gzip");
        answer.Headers["x-amz-crc32"].Should().Be(ChecksumOf(answer.Body));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("gzip, deflate, br")]
    [InlineData("deflate, gzip")]
    [InlineData("deflate;q=0.5, gzip;q=1.0")]
    [InlineData("gzip;q=0.001")]
    public async Task Long_answer_is_packed_for_a_client_that_takes_it(string accepted)
    {
        var (table, value) = await PutAsync(2 * PackedOver);

        var answer = await GetAsync(table, accepted);

        answer.Headers["content-encoding"].Should().Be("gzip");
        answer.Body.Length.Should().BeLessThan(PackedOver);
        ValueOf(answer).Should().Be(value);
    }

    [Theory]
    [InlineData("deflate, br")]
    [InlineData("gzip;q=0.5, deflate")]
    [InlineData("gzip;q=0, deflate;q=0.1")]
    public async Task Long_answer_is_deflated_for_a_client_that_prefers_it(string accepted)
    {
        var (table, value) = await PutAsync(2 * PackedOver);

        var answer = await GetAsync(table, accepted);

        answer.Headers["content-encoding"].Should().Be("deflate");
        answer.Headers["x-amz-crc32"].Should().Be(ChecksumOf(answer.Body));
        ValueOf(answer).Should().Be(value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    [InlineData("br")]
    [InlineData("gzip;q=0")]
    [InlineData("gzip;q=0.000, identity")]
    [InlineData("not/a header;;")]
    public async Task Long_answer_is_plain_for_a_client_that_does_not_take_gzip(string? accepted)
    {
        var (table, value) = await PutAsync(2 * PackedOver);

        var answer = await GetAsync(table, accepted);

        answer.Headers.Should().NotContainKey("content-encoding");
        ValueOf(answer).Should().Be(value);
    }

    [Theory]
    [InlineData(PackedOver, false)]
    [InlineData(PackedOver + 1, true)]
    public async Task Answer_is_packed_from_the_byte_over_4_096(int length, bool isPacked)
    {
        var (table, value) = await PutAsync(length - LengthWithoutValue);

        var answer = await GetAsync(table, "gzip");

        answer.Headers.ContainsKey("content-encoding").Should().Be(isPacked);
        ValueOf(answer).Should().Be(value);
        (isPacked || answer.Body.Length == length).Should().BeTrue();
    }

    [Fact]
    public async Task Answer_has_its_length_and_the_content_type_of_the_protocol()
    {
        var answer = await server.Http.CallAsync("ListTables", "{}");

        answer.Status.Should().Be(HttpStatusCode.OK);
        answer.Headers["content-type"].Should().Be("application/x-amz-json-1.0");
        answer.Headers["content-length"].Should().Be(answer.Body.Length.ToString(CultureInfo.InvariantCulture));
        answer.Headers.Should().NotContainKey("server");
    }

    private async Task<(string Table, string Value)> PutAsync(int length)
    {
        var table = await server.CreateTableAsync();
        var value = new string('v', length);
        var put = await server.Http.CallAsync(
            "PutItem", $$$"""{"TableName":"{{{table}}}","Item":{"p":{"S":"long"},"v":{"S":"{{{value}}}"}} }""");
        put.Status.Should().Be(HttpStatusCode.OK);
        return (table, value);
    }

    private Task<WireAnswer> GetAsync(string table, string? accepted) => server.Http.CallAsync(
        "GetItem",
        $$$"""{"TableName":"{{{table}}}","Key":{"p":{"S":"long"}} }""",
        request => request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted));

    private static string? ValueOf(WireAnswer answer) =>
        answer.Json.GetProperty("Item").GetProperty("v").GetProperty("S").GetString();

    // Bit by bit, from the polynomial of IEEE 802.3, and not with the library that the server uses.
    private static string ChecksumOf(byte[] body)
    {
        var register = uint.MaxValue;
        foreach (var next in body)
        {
            register ^= next;
            for (var bit = 0; bit < 8; bit++)
            {
                register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xEDB88320;
            }
        }

        return (~register).ToString(CultureInfo.InvariantCulture);
    }
}
