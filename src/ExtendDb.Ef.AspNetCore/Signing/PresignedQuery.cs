using System.Globalization;
using System.Text;

namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>Reads the signature's claim from the query of a presigned request.</summary>
internal static class PresignedQuery
{
    /// <summary>The name of the parameter that makes a request a presigned one.</summary>
    public const string Algorithm = "X-Amz-Algorithm";

    /// <summary>The name of the parameter that is not signed.</summary>
    public const string Signature = "X-Amz-Signature";

    private const string Credential = "X-Amz-Credential";
    private const string SignedHeaders = "X-Amz-SignedHeaders";
    private const string Date = "X-Amz-Date";
    private const string Expires = "X-Amz-Expires";
    private const string Examine = "Re-examine the query-string parameters.";
    private const int MaxExpires = 7 * 24 * 60 * 60;

    /// <summary>Reads the parameters; of a repeated parameter the first one counts, and all are signed.</summary>
    /// <exception cref="IncompleteSignatureException">A parameter is missing, empty or not a number of seconds.</exception>
    public static SignatureClaim Read(QueryParameters query)
    {
        var missing = new StringBuilder();
        var claim = new SignatureClaim(
            Algorithm: Require(Algorithm),
            Credential: Require(Credential),
            Signature: Require(Signature),
            SignedHeaders: Require(SignedHeaders),
            Date: Require(Date),
            Lifetime: null);
        return missing.Length > 0
            ? throw new IncompleteSignatureException(missing.Append(Examine).ToString())
            : claim with { Lifetime = LifetimeOf(query) };

        string Require(string name)
        {
            var value = query.ValueOf(name);
            if (string.IsNullOrEmpty(value))
            {
                missing.Append("AWS query-string parameters must include '").Append(name).Append("'. ");
            }

            return value ?? string.Empty;
        }
    }

    private static TimeSpan? LifetimeOf(QueryParameters query)
    {
        if (query.ValueOf(Expires) is not { } given)
        {
            return null;
        }

        return int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 1 and <= MaxExpires
            ? TimeSpan.FromSeconds(seconds)
            : throw new IncompleteSignatureException(
                $"'{Expires}' must be a number of seconds from 1 to {MaxExpires}, got '{given}'. {Examine}");
    }
}
