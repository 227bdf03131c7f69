using System.Buffers;
using Amazon.Runtime.Internal;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class PresignedRequestTests
{
    private static readonly AccessKeys Keys = AccessKeys.Parse($"{SdkSigner.KeyId} {SdkSigner.Secret}");

    [Theory]
    [InlineData(1, 1)]
    [InlineData(60, 60)]
    [InlineData(60, -300)]
    [InlineData(604_800, 604_800)]
    public void Presigned_request_is_accepted_until_it_expires(int expires, int age)
    {
        var request = SdkSigner.InQuery(Bodiless(), expires);

        var verifying = () => Verify(request, age);

        verifying.Should().NotThrow();
    }

    [Theory]
    [InlineData(
        1, 2, "Signature expired: 20260301T120000Z is now earlier than 20260301T120001Z (20260301T120002Z - 1 sec.)")]
    [InlineData(
        60, 61, "Signature expired: 20260301T120000Z is now earlier than 20260301T120001Z (20260301T120101Z - 1 min.)")]
    [InlineData(
        604_800,
        604_801,
        "Signature expired: 20260301T120000Z is now earlier than 20260301T120001Z (20260308T120001Z - 10080 min.)")]
    [InlineData(
        604_800,
        -301,
        "Signature not yet current: 20260301T120000Z is still later than 20260301T115959Z (20260301T115459Z + 5 min.)")]
    public void Presigned_request_is_refused_before_and_after_its_time(int expires, int age, string message)
    {
        var request = SdkSigner.InQuery(Bodiless(), expires);

        var verifying = () => Verify(request, age);

        verifying.Should().Throw<InvalidSignatureException>().WithMessage(message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("604801")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public void Lifetime_is_a_number_of_seconds_up_to_a_week(string expires)
    {
        var request = SdkSigner.InQuery(Bodiless(), 60);

        var verifying = () => Verify(Changed(request, "X-Amz-Expires=60", $"X-Amz-Expires={expires}"), 0);

        verifying.Should().Throw<IncompleteSignatureException>().WithMessage(
            $"'X-Amz-Expires' must be a number of seconds from 1 to 604800, got '{expires}'. "
            + "Re-examine the query-string parameters.");
    }

    [Fact]
    public void Lifetime_cannot_be_changed()
    {
        var request = SdkSigner.InQuery(Bodiless(), 60);

        var verifying = () => Verify(Changed(request, "X-Amz-Expires=60", "X-Amz-Expires=600"), 0);

        verifying.Should().Throw<InvalidSignatureException>().WithMessage("The request signature we calculated *");
    }

    [Fact]
    public void Parameter_cannot_be_added()
    {
        var request = SdkSigner.InQuery(Bodiless(), 60);

        var verifying = () => Verify(request with { Query = request.Query + "&more=1" }, 0);

        verifying.Should().Throw<InvalidSignatureException>();
    }

    // The SDK presigns requests without a body only; that must not open the door to any body.
    [Fact]
    public void Body_cannot_be_added()
    {
        var request = SdkSigner.InQuery(Bodiless(), 60);

        var verifying = () => Verify(request with { Body = new ReadOnlySequence<byte>("{}"u8.ToArray()) }, 0);

        verifying.Should().Throw<InvalidSignatureException>();
    }

    [Fact]
    public void Target_cannot_be_left_unsigned()
    {
        var unsigned = Bodiless();
        unsigned.Headers.Remove("X-Amz-Target");
        var request = SdkSigner.InQuery(unsigned, 60).With("X-Amz-Target", "DynamoDB_20120810.DeleteTable");

        var verifying = () => Verify(request, 0);

        verifying.Should().Throw<InvalidSignatureException>()
            .WithMessage("'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.");
    }

    [Fact]
    public void Signature_in_the_query_and_another_in_the_header_is_refused()
    {
        var request = SdkSigner.InQuery(Bodiless(), 60).With("Authorization", "X");

        var verifying = () => Verify(request, 0);

        verifying.Should().Throw<InvalidSignatureException>().WithMessage(
            "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }

    // Recorded of DynamoDB by dynalite, test/connection.js.
    [Theory]
    [InlineData(
        "X-Amz-Algorithm",
        "AWS query-string parameters must include 'X-Amz-Algorithm'. "
        + "AWS query-string parameters must include 'X-Amz-Credential'. "
        + "AWS query-string parameters must include 'X-Amz-Signature'. "
        + "AWS query-string parameters must include 'X-Amz-SignedHeaders'. "
        + "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.")]
    [InlineData(
        "X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d",
        "AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.")]
    public void Missing_parameters_are_named(string query, string message)
    {
        var request = WireRequest.Of("POST", "/", query, [], ("Host", "localhost"));

        var verifying = () => Verify(request, 0);

        verifying.Should().Throw<IncompleteSignatureException>().WithMessage(message);
    }

    [Fact]
    public void Query_without_an_algorithm_is_no_signature()
    {
        var request = WireRequest.Of(
            "POST", "/", "X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=c&X-Amz-Date=d", [], ("Host", "localhost"));

        var verifying = () => Verify(request, 0);

        verifying.Should().Throw<MissingAuthenticationTokenException>();
    }

    private static DefaultRequest Bodiless()
    {
        var request = SdkSigner.ListTables();
        request.Content = [];
        return request;
    }

    private static SignedRequest Changed(SignedRequest request, string replaced, string by)
    {
        request.Query.Should().Contain(replaced);
        return request with { Query = request.Query.Replace(replaced, by, StringComparison.Ordinal) };
    }

    private static void Verify(SignedRequest request, int age) =>
        new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt.AddSeconds(age))).Verify(request);
}
