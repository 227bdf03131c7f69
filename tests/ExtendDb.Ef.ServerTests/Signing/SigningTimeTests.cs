using System.Globalization;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class SigningTimeTests
{
    private static readonly AccessKeys Keys = AccessKeys.Parse($"{SdkSigner.KeyId} {SdkSigner.Secret}");

    [Theory]
    [InlineData(-300)]
    [InlineData(0)]
    [InlineData(300)]
    public void Clocks_may_differ_by_five_minutes(int seconds)
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());
        var clock = new StoppedClock(SdkSigner.SignedAt.AddSeconds(seconds).AddMilliseconds(seconds < 0 ? 0 : 999));

        var verifying = () => new SignatureVerifier(Keys, clock).Verify(request);

        verifying.Should().NotThrow();
    }

    [Fact]
    public void Request_that_is_a_second_too_old_has_expired()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());

        var verifying = () => new SignatureVerifier(
            Keys, new StoppedClock(SdkSigner.SignedAt.AddSeconds(301))).Verify(request);

        verifying.Should().Throw<InvalidSignatureException>().WithMessage(
            "Signature expired: 20260301T120000Z is now earlier than 20260301T120001Z (20260301T120501Z - 5 min.)");
    }

    [Fact]
    public void Request_that_is_a_second_too_early_is_not_yet_current()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());

        var verifying = () => new SignatureVerifier(
            Keys, new StoppedClock(SdkSigner.SignedAt.AddSeconds(-301))).Verify(request);

        verifying.Should().Throw<InvalidSignatureException>().WithMessage(
            "Signature not yet current: 20260301T120000Z is still later than 20260301T115959Z (20260301T115459Z + 5 min.)");
    }

    [Fact]
    public void Request_that_was_accepted_is_refused_when_it_is_sent_again_later()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());
        var clock = new StoppedClock(SdkSigner.SignedAt);
        var verifier = new SignatureVerifier(Keys, clock);
        verifier.Verify(request);

        clock.Now += TimeSpan.FromMinutes(6);
        var replaying = () => verifier.Verify(request);

        replaying.Should().Throw<InvalidSignatureException>().WithMessage("Signature expired: *");
    }

    [Fact]
    public void Request_of_before_midnight_is_accepted_after_it()
    {
        var midnight = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var request = SdkSigner.InHeader(SdkSigner.ListTables(), at: midnight.AddSeconds(-10));

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(midnight.AddSeconds(10))).Verify(request);

        verifying.Should().NotThrow();
    }

    [Theory]
    [InlineData("20260301T120000Z")]
    [InlineData("Sun, 01 Mar 2026 12:00:00 GMT")]
    public void Date_header_stands_in_for_a_missing_X_Amz_Date(string date)
    {
        var time = SigningTime.Parse(date);

        time.ToString().Should().Be("20260301T120000Z");
        time.Day.Should().Be("20260301");
    }

    [Theory]
    [InlineData("201")]
    [InlineData("2026-03-01T12:00:00Z")]
    [InlineData("20260230T120000Z")]
    [InlineData("20260301T120000")]
    [InlineData("٢٠٢٦٠٣٠١T120000Z")]
    public void Date_in_another_format_is_refused(string date)
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables()).With("X-Amz-Date", date);

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(request);

        verifying.Should().Throw<IncompleteSignatureException>().WithMessage(string.Create(
            CultureInfo.InvariantCulture,
            $"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"));
    }

    [Fact]
    public void Date_of_a_request_is_read_from_its_Date_header()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables())
            .With("X-Amz-Date", null).With("Date", "Sun, 01 Mar 2026 11:00:00 GMT");

        var verifying = () => new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(request);

        verifying.Should().Throw<InvalidSignatureException>().WithMessage("Signature expired: 20260301T110000Z *");
    }
}
