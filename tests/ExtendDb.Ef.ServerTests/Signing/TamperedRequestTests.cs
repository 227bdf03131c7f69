using System.Buffers;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using ExtendDb.Ef.Model;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class TamperedRequestTests
{
    private const string Mismatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
        + "Key and signing method. Consult the service documentation for details.";

    private static readonly AccessKeys Keys =
        AccessKeys.Parse($"{SdkSigner.KeyId} {SdkSigner.Secret}\nOTHERKEY othersecret");

    private static readonly Dictionary<string, (Func<SignedRequest, SignedRequest> Change, string Message)> Changes = new()
    {
        ["method"] = (r => r with { Method = "PUT" }, Mismatch),
        ["path"] = (r => r with { Path = "/other" }, Mismatch),
        ["query"] = (r => r with { Query = "more=1" }, Mismatch),
        ["body"] = (r => r with { Body = new ReadOnlySequence<byte>("{\"Limit\":11}"u8.ToArray()) }, Mismatch),
        ["no body"] = (r => r with { Body = ReadOnlySequence<byte>.Empty }, Mismatch),
        ["host"] = (r => r.With("Host", "elsewhere"), Mismatch),
        ["target"] = (r => r.With("X-Amz-Target", "DynamoDB_20120810.DeleteTable"), Mismatch),
        ["no target"] = (r => r.With("X-Amz-Target", null), Mismatch),
        ["content type"] = (r => r.With("Content-Type", "text/plain"), Mismatch),
        ["date"] = (r => r.With("X-Amz-Date", "20260301T120001Z"), Mismatch),
        ["hash"] = (r => r.With("X-Amz-Content-SHA256", new string('0', 64)), Mismatch),
        ["unsigned payload"] = (r => r.With("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD"), Mismatch),
        ["added x-amz header"] = (
            r => r.With("X-Amz-Security-Token", "token"),
            "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization."),
        ["unsigned target"] = (
            r => r.WithAuthorization(";x-amz-target", ""),
            "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization."),
        ["unsigned date"] = (
            r => r.WithAuthorization(";x-amz-date", ""),
            "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization."),
        ["unsigned host"] = (
            r => r.WithAuthorization(";host;", ";"),
            "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
        ["unsigned content type"] = (r => r.WithAuthorization("content-type;", ""), Mismatch),
        ["header signed twice"] = (r => r.WithAuthorization("content-type;", "content-type;content-type;"), Mismatch),
        ["signed header that was not sent"] = (r => r.WithAuthorization("content-type;", "cookie;content-type;"), Mismatch),
        ["day of the scope"] = (
            r => r.WithAuthorization("/20260301/", "/20260302/"),
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            + "'20260302' != '20260301', from '20260301T120000Z'."),
        ["region"] = (r => r.WithAuthorization("/eu-west-1/", "/eu-west-2/"), Mismatch),
        ["no region"] = (
            r => r.WithAuthorization("/eu-west-1/", "//"),
            "Credential should be scoped to a valid region, not ''."),
        ["service"] = (
            r => r.WithAuthorization("/dynamodb/", "/s3/"), "Credential should be scoped to correct service: 'dynamodb'."),
        ["terminator"] = (
            r => r.WithAuthorization("/aws4_request", "/aws5_request"),
            "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'."),
        ["key id"] = (r => r.WithAuthorization(SdkSigner.KeyId, "OTHERKEY"), Mismatch),
        ["longer signature"] = (r => r.WithAuthorization("Signature=", "Signature=0"), Mismatch),
        ["first digit"] = (r => Digit(r, 0), Mismatch),
        ["last digit"] = (r => Digit(r, 63), Mismatch),
        ["signature in capitals"] = (
            r => r.WithAuthorization(SignatureOf(r), SignatureOf(r).ToUpperInvariant()), Mismatch),
        ["no signature"] = (r => r.WithAuthorization(SignatureOf(r), ""), Mismatch),
    };

    public static TheoryData<string> Parts => [.. Changes.Keys];

    [Theory, MemberData(nameof(Parts))]
    public void Changed_request_is_refused(string part)
    {
        var (change, message) = Changes[part];
        var request = change(SdkSigner.InHeader(SdkSigner.ListTables()));

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(request);

        verifying.Should().Throw<InvalidSignatureException>().WithMessage(message)
            .Which.ErrorCode.Should().Be("InvalidSignatureException");
    }

    [Fact]
    public void Key_that_is_not_known_is_refused()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables()).WithAuthorization(SdkSigner.KeyId, "AKIDUNKNOWN");

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(request);

        verifying.Should().Throw<UnrecognizedClientException>()
            .WithMessage("The security token included in the request is invalid.");
    }

    [Fact]
    public void No_key_is_known_of_an_empty_set()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());

        var verifying = () => new SignatureVerifier(AccessKeys.None, new StoppedClock(SdkSigner.SignedAt)).Verify(request);

        verifying.Should().Throw<UnrecognizedClientException>();
    }

    [Fact]
    public void Request_signed_for_another_service_is_refused()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables(), service: "sqs");

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(request);

        verifying.Should().Throw<InvalidSignatureException>()
            .WithMessage("Credential should be scoped to correct service: 'dynamodb'.");
    }

    [Fact]
    public void All_that_is_wrong_with_a_scope_is_told_at_once()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables())
            .WithAuthorization("20260301/eu-west-1/dynamodb/aws4_request", "b//d/e");

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(request);

        verifying.Should().Throw<InvalidSignatureException>().WithMessage(
            "Credential should be scoped to a valid region, not ''. "
            + "Credential should be scoped to correct service: 'dynamodb'. "
            + "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. "
            + "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
            + "'b' != '20260301', from '20260301T120000Z'.");
    }

    [Fact]
    public void Body_that_is_signed_as_unsigned_is_refused()
    {
        var request = SdkSigner.ListTables();
        request.Endpoint = new Uri("https://localhost:8000");
        request.DisablePayloadSigning = true;
        var signed = SdkSigner.InHeader(request);

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(signed);

        signed.Headers["X-Amz-Content-SHA256"].ToString().Should().Be("UNSIGNED-PAYLOAD");
        verifying.Should().Throw<InvalidSignatureException>().WithMessage(Mismatch);
    }

    [Fact]
    public void Forged_requests_do_not_disturb_those_of_the_same_key()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());
        var verifier = new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt));
        verifier.Verify(request);

        var forging = () => verifier.Verify(request.WithAuthorization("/eu-west-1/", "/us-east-1/"));
        forging.Should().Throw<InvalidSignatureException>();
        var verifying = () => verifier.Verify(request);

        verifying.Should().NotThrow();
    }

    [Fact]
    public void No_message_shows_the_secret()
    {
        var verifier = new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt));

        var messages = Changes.Values.Select(change =>
            FluentActions.Invoking(() => verifier.Verify(change.Change(SdkSigner.InHeader(SdkSigner.ListTables()))))
                .Should().Throw<DynamoDbException>().Which.ToString());

        messages.Should().NotContain(message => message.Contains(SdkSigner.Secret, StringComparison.Ordinal));
    }

    private static string SignatureOf(SignedRequest request) => request.Headers.Authorization.ToString()[^64..];

    private static SignedRequest Digit(SignedRequest request, int index)
    {
        var signature = SignatureOf(request);
        var other = signature[index] == '0' ? '1' : '0';
        return request.WithAuthorization(signature, signature[..index] + other + signature[(index + 1)..]);
    }
}
