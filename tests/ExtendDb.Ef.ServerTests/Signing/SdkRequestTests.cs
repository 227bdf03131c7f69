using System.Buffers;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime.Internal;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class SdkRequestTests(ITestOutputHelper output)
{
    private static readonly AccessKeys Keys = AccessKeys.Parse($"{SdkSigner.KeyId} {SdkSigner.Secret}");

    [Fact]
    public async Task Request_of_the_SDKs_client_is_accepted()
    {
        var request = await RequestRecorder.RequestOfAsync(client => client.PutItemAsync(new PutItemRequest
        {
            TableName = "Ørders",
            Item = new() { ["id"] = new AttributeValue("naïve ☕") },
        }));

        var verifying = () => new SignatureVerifier(Keys, ClockOf(request)).Verify(request);

        request.Body.Length.Should().BePositive();
        verifying.Should().NotThrow();
    }

    [Fact]
    public async Task Request_of_the_SDKs_client_with_another_secret_is_refused()
    {
        var request = await RequestRecorder.RequestOfAsync(client => client.ListTablesAsync());

        var verifying = () => new SignatureVerifier(
            AccessKeys.Parse($"{SdkSigner.KeyId} other"), ClockOf(request)).Verify(request);

        verifying.Should().Throw<InvalidSignatureException>();
    }

    [Fact]
    public void One_verifier_takes_turns_between_days_and_regions()
    {
        var requests = Enumerable.Range(0, 12).Select(i => SdkSigner.InHeader(
            SdkSigner.ListTables(), region: i % 3 == 0 ? "local" : "us-east-1", at: SdkSigner.SignedAt.AddDays(i / 4)));
        var clock = new StoppedClock(SdkSigner.SignedAt);
        var verifier = new SignatureVerifier(Keys, clock);

        var verifying = () =>
        {
            foreach (var request in requests)
            {
                clock.Now = ClockOf(request).Now;
                verifier.Verify(request);
            }
        };

        verifying.Should().NotThrow();
    }

    [Fact]
    public void One_verifier_serves_many_requests_at_once()
    {
        var requests = Enumerable.Range(0, 400)
            .Select(i => SdkSigner.InHeader(SdkSigner.ListTables(), region: $"region-{i % 3}")).ToList();
        var verifier = new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt));

        var verifying = () => Parallel.ForEach(requests, verifier.Verify);

        verifying.Should().NotThrow();
    }

    [Fact]
    public void Body_in_many_segments_is_one_body()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());
        var pieces = request.Body.ToArray().Select(piece => new[] { piece }).ToList();
        var first = new Segment(pieces[0], 0);
        var last = pieces.Skip(1).Aggregate(first, (segment, piece) => segment.Append(piece));

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(
            request with { Body = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length) });

        verifying.Should().NotThrow();
    }

    [Fact]
    public void Odd_paths_queries_and_headers_are_signed_as_the_SDK_signs_them()
    {
        var random = SeededRandom.Printed(output);
        var verifier = new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt));
        var refused = new List<string>();

        for (var i = 0; i < 2_000; i++)
        {
            var request = SdkSigner.InHeader(Odd(random));
            try
            {
                verifier.Verify(request);
            }
            catch (InvalidSignatureException)
            {
                refused.Add($"{request.Path}?{request.Query} {string.Join(" | ", request.Headers)}");
            }
        }

        refused.Should().BeEmpty();
    }

    private static DefaultRequest Odd(Random random)
    {
        var request = SdkSigner.ListTables();
        request.ResourcePath = "/" + string.Join('/', Enumerable.Range(0, random.Next(4)).Select(_ => Escaped(Text("p"))));
        request.UseQueryString = true;
        for (var i = random.Next(4); i > 0; i--)
        {
            request.Parameters[$"q{"-._~AZaz09"[random.Next(10)]}{random.Next(3)}"] = Text("v");
        }

        for (var i = random.Next(3); i > 0; i--)
        {
            request.Headers[$"X-Amz-{(char)random.Next('a', 'z')}"] = $"  {Text("h")}   {Text("h")} ";
        }

        return request;

        // The SDK sends these as they are but signs them as if it had escaped them, and the same with any character in
        // the name of a parameter; no operation has either.
        static string Escaped(string text) =>
            string.Concat(text.Where(character => !"/!$&'()*+,:;=@[]".Contains(character, StringComparison.Ordinal)));

        // The SDK takes every kind of white space for a space; the specification speaks of spaces only.
        static string Letter(int character) => char.IsWhiteSpace((char)character) ? "_" : ((char)character).ToString();

        string Text(string prefix) => prefix + string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ =>
            random.Next(4) == 0
                ? Letter(random.Next(0xE0, 0xD000))
                : ((char)random.Next(' ', 0x7F)).ToString()));
    }

    private static StoppedClock ClockOf(SignedRequest request) => new(DateTimeOffset.ParseExact(
        request.Headers["X-Amz-Date"].ToString(),
        "yyyyMMdd'T'HHmmss'Z'",
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal));

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, long index) => (Memory, RunningIndex) = (bytes, index);

        public Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
