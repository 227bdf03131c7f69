using System.Diagnostics;
using System.Text;
using ExtendDb.Ef.AspNetCore;
using ExtendDb.Ef.AspNetCore.Signing;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class MalformedSignatureTests(ITestOutputHelper output)
{
    private static readonly AccessKeys Keys = AccessKeys.Parse($"{SdkSigner.KeyId} {SdkSigner.Secret}");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AWS4")]
    [InlineData("Bearer token")]
    [InlineData("aws4-hmac-sha256 Credential=a")]
    public void Request_without_a_Signature_Version_4_lacks_a_token(string? authorization)
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables()).With("Authorization", authorization);

        var verifying = () => Verify(request);

        verifying.Should().Throw<MissingAuthenticationTokenException>()
            .WithMessage("Request is missing Authentication Token");
    }

    // The first three were recorded of DynamoDB by dynalite, test/connection.js.
    [Theory]
    [InlineData("AWS4- Signature=b Credential=a", "Authorization header requires 'SignedHeaders' parameter. ")]
    [InlineData("AWS4- Signature=b,Credential=a", "Authorization header requires 'SignedHeaders' parameter. ")]
    [InlineData("AWS4- Signature=b, Credential=a", "Authorization header requires 'SignedHeaders' parameter. ")]
    [InlineData("AWS4- SignedHeaders=b, Signature=a", "Authorization header requires 'Credential' parameter. ")]
    [InlineData("AWS4- SignedHeaders=b, Credential=a", "Authorization header requires 'Signature' parameter. ")]
    [InlineData(
        "AWS4-HMAC-SHA256",
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        + "Authorization header requires 'SignedHeaders' parameter. ")]
    public void Missing_parameters_are_named(string authorization, string message)
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables()).With("Authorization", authorization);

        var verifying = () => Verify(request);

        verifying.Should().Throw<IncompleteSignatureException>().WithMessage($"{message}Authorization={authorization}");
    }

    [Fact]
    public void Missing_date_is_named_too()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables()).With("Authorization", "AWS4-").With("X-Amz-Date", null);

        var verifying = () => Verify(request);

        verifying.Should().Throw<IncompleteSignatureException>().WithMessage(
            "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
            + "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either "
            + "a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-");
    }

    [Fact]
    public void Parameter_without_an_equals_sign_is_named()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables())
            .With("Authorization", "AWS4-HMAC-SHA256 Signature=b, Credential, SignedHeaders");

        var verifying = () => Verify(request);

        verifying.Should().Throw<IncompleteSignatureException>().WithMessage(
            "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: "
            + "'AWS4-HMAC-SHA256 Signature=b, Credential, SignedHeaders'.");
    }

    [Fact]
    public void Other_algorithm_is_refused()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables()).WithAuthorization("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA25");

        var verifying = () => Verify(request);

        verifying.Should().Throw<IncompleteSignatureException>()
            .WithMessage("Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). ");
    }

    [Theory]
    [InlineData("a/b/c/d")]
    [InlineData("a/b/c/d/e/f")]
    [InlineData("")]
    public void Credential_that_has_not_five_parts_is_refused(string credential)
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables())
            .WithAuthorization("AKIDEXAMPLE/20260301/eu-west-1/dynamodb/aws4_request", credential);

        var verifying = () => Verify(request);

        verifying.Should().Throw<IncompleteSignatureException>().WithMessage(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
            + $"got '{credential}'");
    }

    [Theory]
    [InlineData(", ", ",")]
    [InlineData(", ", " ,\t ")]
    [InlineData("AWS4-HMAC-SHA256 ", "AWS4-HMAC-SHA256   Extra=1, Signature=wrong, ")]
    [InlineData("/aws4_request", "/aws4_request/")]
    public void Form_of_the_header_is_free(string replaced, string by)
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables()).WithAuthorization(replaced, by);

        var verifying = () => Verify(request);

        verifying.Should().NotThrow();
    }

    [Fact]
    public void Order_of_the_parameters_is_free()
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());
        var parts = request.Headers.Authorization.ToString().Split(' ', 2);
        var reversed = string.Join(", ", parts[1].Split(", ").Reverse());

        var verifying = () => Verify(request.With("Authorization", $"{parts[0]} {reversed}"));

        verifying.Should().NotThrow();
    }

    [Theory]
    [InlineData("AWS4-HMAC-SHA256 Credential=a,Signature=b,SignedHeaders=", "a;")]
    [InlineData("AWS4-HMAC-SHA256 Credential=a,Signature=b,SignedHeaders=host;x-amz-date;x-amz-target", ";content-type")]
    [InlineData("AWS4-HMAC-SHA256 SignedHeaders=content-type;host;x-amz-date;x-amz-target,Signature=b,Credential=", "a/")]
    [InlineData("AWS4-HMAC-SHA256 ", ",")]
    [InlineData("AWS4-HMAC-SHA256 ", "=")]
    [InlineData("AWS4-HMAC-SHA256 ", "a=,")]
    [InlineData("AWS4-HMAC-SHA256 ", "ሴ")]
    [InlineData("AWS4-", "\ud800")]
    [InlineData("", " ")]
    public void Giant_header_is_refused_in_linear_time(string start, string repeated)
    {
        var header = start + new StringBuilder().Insert(0, repeated, 1_000_000 / repeated.Length);
        var request = SdkSigner.InHeader(SdkSigner.ListTables()).With("Authorization", header);
        var watch = Stopwatch.StartNew();

        var outcome = OutcomeOf(request);

        outcome.Should().NotBe("accepted").And.NotStartWith("wrong");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("&")]
    [InlineData("%")]
    [InlineData("a=b&")]
    [InlineData("X-Amz-Algorithm&")]
    [InlineData("%ff")]
    public void Giant_query_is_refused_in_linear_time(string repeated)
    {
        var request = SdkSigner.InHeader(SdkSigner.ListTables());
        var query = new StringBuilder().Insert(0, repeated, 1_000_000 / repeated.Length).ToString();
        var watch = Stopwatch.StartNew();

        var outcomes = new[]
        {
            OutcomeOf(request with { Query = query + "more", Path = query.Replace('&', '/') }),
            OutcomeOf(request.With("Authorization", null) with { Query = query }),
        };

        outcomes.Should().NotContain("accepted").And.NotContain(outcome => outcome.StartsWith("wrong"));
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Whatever_is_in_the_header_yields_one_of_four_refusals()
    {
        var random = SeededRandom.Printed(output);
        var valid = SdkSigner.InHeader(SdkSigner.ListTables());
        var header = valid.Headers.Authorization.ToString();
        var outcomes = new Dictionary<string, string>();

        for (var i = 0; i < 20_000; i++)
        {
            var mutant = Mutant(header, random);
            outcomes[OutcomeOf(valid.With("Authorization", mutant))] = mutant;
        }

        output.WriteLine(string.Join('\n', outcomes));
        outcomes.Keys.Should().NotContain(outcome => outcome.StartsWith("wrong"));
    }

    [Fact]
    public void Whatever_is_in_the_query_yields_one_of_four_refusals()
    {
        var random = SeededRandom.Printed(output);
        var bodiless = SdkSigner.ListTables();
        bodiless.Content = [];
        var valid = SdkSigner.InQuery(bodiless, 60);
        var outcomes = new Dictionary<string, string>();

        for (var i = 0; i < 20_000; i++)
        {
            var mutant = Mutant(valid.Query, random);
            outcomes[OutcomeOf(valid with { Query = mutant })] = mutant;
        }

        output.WriteLine(string.Join('\n', outcomes));
        outcomes.Keys.Should().NotContain(outcome => outcome.StartsWith("wrong"));
    }

    private static string Mutant(string text, Random random)
    {
        const string Characters = "/,=; &%.+\t\n\0aZ09-_'\"\u00e9\u1234\ud800\udfff";
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(24, text.Length - at) + 1);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Characters[random.Next(Characters.Length)].ToString()),
                2 => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
                _ => at == text.Length ? text : text.Remove(at, 1).Insert(at, ((char)random.Next(0x100)).ToString()),
            };
        }

        return text;
    }

    private static string OutcomeOf(SignedRequest request)
    {
        try
        {
            Verify(request);
            return "accepted";
        }
        catch (Exception refused) when (refused is MissingAuthenticationTokenException or IncompleteSignatureException
            or UnrecognizedClientException or InvalidSignatureException)
        {
            return refused.GetType().Name;
        }
        catch (Exception wrong)
        {
            return $"wrong: {wrong}";
        }
    }

    private static void Verify(SignedRequest request) =>
        new SignatureVerifier(Keys, new StoppedClock(SdkSigner.SignedAt)).Verify(request);
}
