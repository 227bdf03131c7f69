using System.Net;
using System.Text;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class PackedRequestTests(WireServer server) : IClassFixture<WireServer>
{
    private const int SeventeenMegabytes = 17 * 1_024 * 1_024;

    private static readonly byte[] Good = Encoding.UTF8.GetBytes("""{"Limit":1}""");

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZip")]
    public async Task Packed_request_is_answered(string encoding)
    {
        var answer = await CallAsync(WireCalls.Gzip(Good), encoding);

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("deflate")]
    [InlineData("Deflate")]
    public async Task Deflated_request_is_answered(string encoding)
    {
        var answer = await CallAsync(WireCalls.Deflate(Good), encoding);

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_packed_in_two_members_is_answered()
    {
        byte[] twoMembers = [.. WireCalls.Gzip(Good[..5]), .. WireCalls.Gzip(Good[5..])];

        var answer = await CallAsync(twoMembers, "gzip");

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Identity_is_no_encoding()
    {
        var answer = await CallAsync(Good, "identity");

        answer.Status.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, deflate")]
    [InlineData("gzip, gzip")]
    [InlineData("nonsense")]
    public async Task Other_encodings_are_refused(string encoding)
    {
        var answer = await CallAsync(WireCalls.Gzip(Good), encoding);

        ExpectRefusal(answer);
    }

    [Fact]
    public async Task Body_that_only_says_it_is_packed_is_refused()
    {
        var answer = await CallAsync(Good, "gzip");

        ExpectRefusal(answer);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Packed_body_that_is_cut_off_anywhere_is_refused(string encoding)
    {
        var packed = encoding == "gzip" ? WireCalls.Gzip(Good) : WireCalls.Deflate(Good);

        for (var length = 0; length < packed.Length; length++)
        {
            var answer = await CallAsync(packed[..length], encoding);

            ExpectRefusal(answer, $"it ends after {length} of {packed.Length} bytes");
        }
    }

    [Fact]
    public async Task Second_member_that_is_cut_off_anywhere_is_refused()
    {
        byte[] first = WireCalls.Gzip(Good);
        byte[] second = WireCalls.Gzip(" "u8.ToArray());

        for (var length = 1; length < second.Length; length++)
        {
            var answer = await CallAsync([.. first, .. second[..length]], "gzip");

            ExpectRefusal(answer, $"the second member ends after {length} of {second.Length} bytes");
        }
    }

    [Fact]
    public async Task Refused_write_that_is_cut_off_stores_nothing()
    {
        var table = await server.CreateTableAsync();
        var packed = WireCalls.Gzip(Encoding.UTF8.GetBytes(
            $$"""{"TableName":"{{table}}","Item":{"p":{"S":"cut"} } }"""));

        foreach (var cut in new[] { 1, 4, 8 })
        {
            var answer = await server.Http.CallAsync("PutItem", packed[..^cut], Packed("gzip"));

            ExpectRefusal(answer);
        }

        (await server.Client.ScanAsync(table, ["p"])).Items.Should().BeEmpty();
    }

    [Fact]
    public async Task Packed_body_with_a_wrong_checksum_is_refused()
    {
        var packed = WireCalls.Gzip(Good);
        packed[^5] ^= 1;

        var answer = await CallAsync(packed, "gzip");

        ExpectRefusal(answer);
    }

    [Fact]
    public async Task Small_body_that_becomes_17_MB_is_too_large()
    {
        var bomb = WireCalls.Gzip(new byte[SeventeenMegabytes]);

        var answer = await CallAsync(bomb, "gzip");

        bomb.Length.Should().BeLessThan(SeventeenMegabytes / 100);
        answer.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    private static void ExpectRefusal(WireAnswer answer, string because = "")
    {
        answer.Status.Should().Be(HttpStatusCode.BadRequest, because);
        answer.Type.Should().Be("com.amazon.coral.service#SerializationException", because);
    }

    private Task<WireAnswer> CallAsync(byte[] body, string encoding) =>
        server.Http.CallAsync("ListTables", body, Packed(encoding));

    private static Action<HttpRequestMessage> Packed(string encoding) =>
        request => request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
}
