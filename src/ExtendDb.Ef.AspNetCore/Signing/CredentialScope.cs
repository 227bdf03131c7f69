namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>The scope of a signature: one day, one region, one service.</summary>
/// <param name="AccessKeyId">The id of the access key that signed, which is not part of the scope.</param>
/// <param name="Day">The day in UTC.</param>
/// <param name="Region">The region; every region is accepted.</param>
/// <param name="Service">The service.</param>
internal sealed record CredentialScope(string AccessKeyId, string Day, string Region, string Service)
{
    /// <summary>The last part of every scope.</summary>
    public const string Terminator = "aws4_request";

    private const int MaxRegionLength = 64;

    /// <summary>Parses a credential, and refuses one for another day or service.</summary>
    /// <param name="credential">The access key id, day, region, service and terminator, divided by slashes.</param>
    /// <param name="time">The time at which the request was signed.</param>
    /// <param name="service">The service that received the request.</param>
    /// <exception cref="IncompleteSignatureException">The credential does not have five parts.</exception>
    /// <exception cref="InvalidSignatureException">A part is wrong; the message names each wrong part.</exception>
    public static CredentialScope Parse(string credential, SigningTime time, string service)
    {
        // One part more than allowed, so that a long list of slashes is not split to its end.
        var parts = credential.TrimEnd('/').Split('/', 6);
        if (parts.Length != 5)
        {
            throw new IncompleteSignatureException(
                "Credential must have exactly 5 slash-delimited elements, "
                + $"e.g. keyid/date/region/service/term, got '{credential}'");
        }

        var scope = new CredentialScope(parts[0], parts[1], parts[2], parts[3]);
        var wrong = string.Join(' ', scope.Problems(parts[4], time, service));
        return wrong.Length == 0 ? scope : throw new InvalidSignatureException(wrong);
    }

    /// <summary>Returns the scope in the form that is signed.</summary>
    public override string ToString() => $"{Day}/{Region}/{Service}/{Terminator}";

    private IEnumerable<string> Problems(string terminator, SigningTime time, string service)
    {
        if (Region.Length is 0 or > MaxRegionLength || Region.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            yield return $"Credential should be scoped to a valid region, not '{Region}'.";
        }

        if (Service != service)
        {
            yield return $"Credential should be scoped to correct service: '{service}'.";
        }

        if (terminator != Terminator)
        {
            yield return $"Credential should be scoped with a valid terminator: '{Terminator}', not '{terminator}'.";
        }

        if (Day != time.Day)
        {
            yield return "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                + $"'{Day}' != '{time.Day}', from '{time}'.";
        }
    }
}
