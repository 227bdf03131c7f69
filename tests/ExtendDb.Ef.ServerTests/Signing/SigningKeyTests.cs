using System.Text;
using Amazon.Runtime.Internal.Auth;
using ExtendDb.Ef.AspNetCore.Signing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.ServerTests.Signing;

public sealed class SigningKeyTests
{
    [Fact]
    public void Key_of_the_documentations_example_is_the_published_one()
    {
        var scope = new CredentialScope("AKIDEXAMPLE", "20150830", "us-east-1", "iam");

        var key = SigningKey.Derive("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"u8, scope);

        Convert.ToHexStringLower(key.Bytes)
            .Should().Be("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    [Fact]
    public void Key_of_the_longest_secret_is_the_one_the_SDK_derives()
    {
        var secret = new string('s', 256);
        var scope = new CredentialScope("AKIDEXAMPLE", "20260301", "local", "dynamodb");

        var key = SigningKey.Derive(Encoding.ASCII.GetBytes(secret), scope);

        key.Bytes.ToArray().Should().Equal(AWS4Signer.ComposeSigningKey(secret, "local", "20260301", "dynamodb"));
    }
}
