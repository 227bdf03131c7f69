using System.Buffers;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>
/// Verifies signatures of Signature Version 4. Source: AWS IAM, "AWS Signature Version 4 for API requests".
/// </summary>
/// <param name="keys">The access keys whose signatures are accepted.</param>
/// <param name="time">The clock by which signatures must be current.</param>
/// <param name="service">The service for which requests must be signed.</param>
/// <remarks>
/// Session tokens are not verified, because there are no temporary keys; a token must be signed like any x-amz-*
/// header. Repeated requests are accepted while their signature is current, as on AWS.
/// </remarks>
internal sealed class SignatureVerifier(AccessKeys keys, TimeProvider time, string service = "dynamodb")
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private const string BodyHashHeader = "X-Amz-Content-SHA256";

    private readonly SigningKeys _signingKeys = new();

    /// <summary>Refuses a request without a valid signature of a known access key.</summary>
    /// <param name="request">The request as it arrived.</param>
    /// <exception cref="MissingAuthenticationTokenException">The request is not signed.</exception>
    /// <exception cref="IncompleteSignatureException">A part of the signature is missing or malformed.</exception>
    /// <exception cref="UnrecognizedClientException">The access key is not known.</exception>
    /// <exception cref="InvalidSignatureException">
    /// The signature belongs to another request, service or secret, omits a required header, or is not current.
    /// </exception>
    /// <remarks>The checks come in DynamoDB's order.</remarks>
    public void Verify(SignedRequest request) => CheckClaim(request)(request.Body);

    /// <summary>
    /// Checks everything that does not depend on the body, so that the body of an unknown client need not be read.
    /// </summary>
    /// <param name="request">The request as it arrived; its body is not read.</param>
    /// <returns>Verifies the signature with the body, and throws like <see cref="Verify"/>.</returns>
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

        // The header must not replace the hash of the body: neither as UNSIGNED-PAYLOAD, nor as the hash of another
        // body.
        return request.Headers.TryGetValue(BodyHashHeader, out var claimed) && claimed.ToString() != hash
            ? throw InvalidSignatureException.Mismatch()
            : hash;
    }
}
