using System.Buffers;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>Verifies Signature Version 4. Source: AWS IAM, "AWS Signature Version 4 for API requests".</summary>
/// <param name="keys">The access keys whose signatures are accepted.</param>
/// <param name="time">The clock that signatures have to be current by.</param>
/// <param name="service">The service that requests have to be signed for.</param>
/// <remarks>
/// Not verified: a session token (there are none of temporary keys; a token has to be signed like any x-amz-* header)
/// and whether a request was seen before, which it can be while its signature is current, as on AWS.
/// </remarks>
internal sealed class SignatureVerifier(AccessKeys keys, TimeProvider time, string service = "dynamodb")
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string BodyHashHeader = "X-Amz-Content-SHA256";

    private readonly SigningKeys _signingKeys = new();

    /// <summary>Refuses a request that no known access key has signed.</summary>
    /// <param name="request">The request as it arrived.</param>
    /// <exception cref="MissingAuthenticationTokenException">The request is not signed.</exception>
    /// <exception cref="IncompleteSignatureException">A part of the signature is missing or malformed.</exception>
    /// <exception cref="UnrecognizedClientException">The access key is not known.</exception>
    /// <exception cref="InvalidSignatureException">
    /// The signature is of another request, service or secret, leaves out what has to be signed, or is not current.
    /// </exception>
    /// <remarks>The checks come in DynamoDB's order.</remarks>
    public void Verify(SignedRequest request) => CheckClaim(request)(request.Body);

    /// <summary>Checks all of a request that its body has no part in, so that a stranger's body need not be read.</summary>
    /// <param name="request">The request as it arrived; its body does not count.</param>
    /// <returns>What verifies the signature once the body is there; it throws as <see cref="Verify"/>.</returns>
    public Action<ReadOnlySequence<byte>> CheckClaim(SignedRequest request)
    {
        var query = QueryParameters.Parse(request.Query);
        var claim = SignatureClaim.Of(request, query);
        var signedAt = SigningTime.Parse(claim.Date);
        signedAt.ThrowUnlessCurrent(time.GetUtcNow(), claim.Lifetime);
        var signedHeaders = SignedHeaders.Parse(claim.SignedHeaders);
        signedHeaders.ThrowUnlessComplete(request.Headers);
        if (claim.Algorithm != Algorithm)
        {
            throw new IncompleteSignatureException(
                $"Unsupported AWS 'algorithm': '{claim.Algorithm}' (only {Algorithm} for now). ");
        }

        var scope = CredentialScope.Parse(claim.Credential, signedAt, service);
        var secret = keys.SecretOf(scope.AccessKeyId) ?? throw new UnrecognizedClientException();
        return body =>
        {
            var hash = CanonicalRequest.Hash(request, query, signedHeaders, BodyHashOf(request, body));
            var signingKey = _signingKeys.Of(scope, secret);
            if (!signingKey.HasSigned($"{Algorithm}\n{signedAt}\n{scope}\n{hash}", claim.Signature))
            {
                throw InvalidSignatureException.Mismatch();
            }

            _signingKeys.Remember(scope.AccessKeyId, signingKey);
        };
    }

    private static string BodyHashOf(SignedRequest request, in ReadOnlySequence<byte> body)
    {
        var hash = BodyHash.Of(body);

        // The header must not stand in for the body: not as UNSIGNED-PAYLOAD, nor as the hash of another one.
        return request.Headers.TryGetValue(BodyHashHeader, out var claimed) && claimed.ToString() != hash
            ? throw InvalidSignatureException.Mismatch()
            : hash;
    }
}
