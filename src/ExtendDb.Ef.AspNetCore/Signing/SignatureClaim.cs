namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>What a request says of its own signature; none of it is verified yet.</summary>
/// <param name="Algorithm">How it was signed.</param>
/// <param name="Credential">The access key id and the scope, divided by slashes.</param>
/// <param name="SignedHeaders">The names of the signed headers, divided by semicolons.</param>
/// <param name="Signature">The signature in hexadecimal digits.</param>
/// <param name="Date">When it was signed, as sent.</param>
/// <param name="Lifetime">How long it is valid; null for as long as clocks may differ.</param>
internal sealed record SignatureClaim(
    string Algorithm, string Credential, string SignedHeaders, string Signature, string Date, TimeSpan? Lifetime)
{
    /// <summary>Reads the claim from the Authorization header or from the query, whichever holds one.</summary>
    /// <exception cref="MissingAuthenticationTokenException">Neither does.</exception>
    /// <exception cref="IncompleteSignatureException">A part is missing or malformed.</exception>
    /// <exception cref="InvalidSignatureException">Both do.</exception>
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
