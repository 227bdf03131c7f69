using System.Net;
using System.Text;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Protocol;

[Collection(AloneCollection.Name)]
public sealed class RequestMemoryTests(WireServer server) : IClassFixture<WireServer>
{
    private const int Megabyte = 1_024 * 1_024;
    private static readonly byte[] Large = Encoding.ASCII.GetBytes(new string(' ', 17 * Megabyte));

    [Fact]
    public async Task Fifty_requests_of_17_MB_leave_no_memory_behind()
    {
        await SendAsync(5);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        await SendAsync(50);

        (GC.GetTotalMemory(forceFullCollection: true) - before).Should().BeLessThan(20 * Megabyte);
    }

    [Fact]
    public async Task Small_body_that_becomes_272_MB_is_unpacked_no_further_than_16()
    {
        var bomb = WireCalls.Gzip(new byte[16 * Large.Length]);
        await CallPackedAsync(bomb);
        var before = GC.GetTotalAllocatedBytes();

        var answer = await CallPackedAsync(bomb);

        answer.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (GC.GetTotalAllocatedBytes() - before).Should().BeLessThan(5 * Large.Length);
    }

    private async Task SendAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var content = new ByteArrayContent(Large);
            if (i % 2 == 0)
            {
                content.Headers.ContentLength = null;
            }

            var answer = await server.Http.CallAsync(
                "ListTables", content, request => request.Headers.TransferEncodingChunked = i % 2 == 0);
            answer.Status.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        }
    }

    private Task<WireAnswer> CallPackedAsync(byte[] body) => server.Http.CallAsync(
        "ListTables", body, request => request.Content!.Headers.TryAddWithoutValidation("Content-Encoding", "gzip"));
}
