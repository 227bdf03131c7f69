using System.Text;
using Microsoft.AspNetCore.Http;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>Reads the signature's claim from the Authorization header.</summary>
internal static class AuthorizationHeader
{
    private const string DateHeader = "X-Amz-Date";

    /// <summary>
    /// Reads the algorithm and the parameters, in any order; of a repeated parameter the last one counts.
    /// </summary>
    /// <exception cref="MissingAuthenticationTokenException">The header is missing, or has another scheme.</exception>
    /// <exception cref="IncompleteSignatureException">A parameter is missing or has no equals sign.</exception>
    public static SignatureClaim Read(string header, IHeaderDictionary headers)
    {
        if (!header.StartsWith("AWS4-", StringComparison.Ordinal))
        {
            throw new MissingAuthenticationTokenException();
        }

        string? algorithm = null, credential = null, signedHeaders = null, signature = null;

        // DynamoDB treats blanks like commas: with "Signature=b Credential=a" it reports only the SignedHeaders as
        // missing.
        foreach (var range in header.AsSpan().SplitAny(", \t"))
        {
            var part = header.AsSpan()[range];
            if (part.IsEmpty)
            {
                continue;
            }

            if (algorithm is null)
            {
                algorithm = part.ToString();
                continue;
            }

            var equals = part.IndexOf('=');
            if (equals < 0)
            {
                throw new IncompleteSignatureException(
                    $"'{part}' not a valid key=value pair (missing equal-sign) in Authorization header: '{header}'.");
            }

            switch (part[..equals])
            {
                case "Credential":
                    credential = part[(equals + 1)..].ToString();
                    break;
                case "SignedHeaders":
                    signedHeaders = part[(equals + 1)..].ToString();
                    break;
                case "Signature":
                    signature = part[(equals + 1)..].ToString();
                    break;
            }
        }

        var date = DateOf(headers);
        return algorithm is null || credential is null || signedHeaders is null || signature is null || date is null
            ? throw Incomplete(header, credential, signature, signedHeaders, date)
            : new(algorithm, credential, signedHeaders, signature, date, Lifetime: null);
    }

    private static string? DateOf(IHeaderDictionary headers)
    {
        var date = headers[DateHeader].ToString();
        if (date.Length == 0)
        {
            date = headers.Date.ToString();
        }

        return date.Length == 0 ? null : date.Trim();
    }

    private static IncompleteSignatureException Incomplete(
        string header, string? credential, string? signature, string? signedHeaders, string? date)
    {
        var message = new StringBuilder();
        Require(credential, "Credential");
        Require(signature, "Signature");
        Require(signedHeaders, "SignedHeaders");
        if (date is null)
        {
            message.Append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }

        return new(message.Append("Authorization=").Append(header).ToString());

        void Require(string? value, string name)
        {
            if (value is null)
            {
                message.Append("Authorization header requires '").Append(name).Append("' parameter. ");
            }
        }
    }
}
