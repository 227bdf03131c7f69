namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The signature that a request claims to have, not verified yet.</summary>
/// <param name="Algorithm">The algorithm of the signature.</param>
/// <param name="Credential">The access key id and the scope, divided by slashes.</param>
/// <param name="SignedHeaders">The names of the signed headers, divided by semicolons.</param>
/// <param name="Signature">The signature in hexadecimal digits.</param>
/// <param name="Date">The time of the signature, as sent.</param>
/// <param name="Lifetime">The time for which the signature is valid; null for the largest difference of clocks.</param>
internal sealed record SignatureClaim(
    string Algorithm, string Credential, string SignedHeaders, string Signature, string Date, TimeSpan? Lifetime)
{
    /// <summary>Reads the claim from the Authorization header or from the query.</summary>
    /// <exception cref="MissingAuthenticationTokenException">The request contains no claim.</exception>
    /// <exception cref="IncompleteSignatureException">A part of the claim is missing or malformed.</exception>
    /// <exception cref="InvalidSignatureException">The header and the query both contain a claim.</exception>
    public static SignatureClaim Of(SignedRequest request, QueryParameters query)
    {
        var authorization = request.Headers.Authorization.ToString().Trim();
        if (!query.Contains(PresignedQuery.Algorithm))
        {
            return AuthorizationHeader.Read(authorization, request.Headers);
        }

        return authorization.Length == 0
            ? PresignedQuery.Read(query)
            : throw new InvalidSignatureException(
                $"Found both '{PresignedQuery.Algorithm}' as a query-string param and 'Authorization' as HTTP header.");
    }
}
