using System.Net;
using System.Text;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

public sealed class PackedRequestTests(WireServer server) : IClassFixture<WireServer>
{
    private const int SeventeenMegabytes = 17 * 1_024 * 1_024;
    // The end of the last block, the checksum and the length: without them all data are there.
    private const int TrailerLength = 9;

    private static readonly byte[] Good = Encoding.UTF8.GetBytes("""{"Limit":1}""");

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZip")]
    public async Task Packed_request_is_answered(string encoding)
    {
        var answer = await CallAsync(WireCalls.Gzip(Good), encoding);

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
    [InlineData("deflate")]
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

    [Fact]
    public async Task Packed_body_whose_data_are_cut_off_anywhere_is_refused()
    {
        var packed = WireCalls.Gzip(Good);

        for (var length = 0; length < packed.Length - TrailerLength; length++)
        {
            var answer = await CallAsync(packed[..length], "gzip");

            ExpectRefusal(answer, $"it ends after {length} of {packed.Length} bytes");
        }
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

    private Task<WireAnswer> CallAsync(byte[] body, string encoding) => server.Http.CallAsync(
        "ListTables", body, request => request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", encoding));
}
