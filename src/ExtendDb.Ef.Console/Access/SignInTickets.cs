using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace ExtendDb.Ef.WebConsole.Access;

/// <summary>Issues and reads the cookie of a user who has signed in with an access key.</summary>
internal sealed class SignInTickets(
    IOptions<ExtendDbConsoleOptions> options, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>The claim with the second, since 1970, at which the sign-in ends.</summary>
    public const string EndClaim = "exp";

    private const string Cookie = "extenddb-console";
    private const string Scheme = "access key";

    private static readonly byte[] Unknown = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    private readonly Lazy<IDataProtector> _protector = new(() => protection.CreateProtector("ExtendDb.Ef.Console.SignIn"));

    /// <summary>Returns whether an access key is known and its secret is right, in a time that tells nothing of either.</summary>
    public bool IsRight(string id, string secret)
    {
        var known = options.Value.AccessKeys?.SecretOf(id) is { } right ? SHA256.HashData(right) : Unknown;
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(secret)), known);
    }

    /// <summary>Signs a user in.</summary>
    public void Issue(HttpContext http, string id)
    {
        var end = time.GetUtcNow() + options.Value.SignInLifetime;
        var ticket = string.Join('\n', id, FingerprintOf(id), end.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        http.Response.Cookies.Append(Cookie, _protector.Value.Protect(ticket), Settings(http, end));
    }

    /// <summary>Returns whether a user has signed in with an access key.</summary>
    public static bool IsOf(ClaimsPrincipal user) => user.HasClaim(claim => claim.Type == EndClaim && claim.Issuer == Scheme);

    /// <summary>Signs a user out.</summary>
    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(Cookie, Settings(http, end: null));

    /// <summary>Returns the user of a request; null without a sign-in, after its end, and when the key is gone or has another secret.</summary>
    public ClaimsPrincipal? Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie || options.Value.AccessKeys is null)
        {
            return null;
        }

        try
        {
            return _protector.Value.Unprotect(cookie).Split('\n') is [var id, var fingerprint, var end]
                && fingerprint == FingerprintOf(id)
                && DateTimeOffset.FromUnixTimeSeconds(long.Parse(end, CultureInfo.InvariantCulture)) > time.GetUtcNow()
                ? new(new ClaimsIdentity([new(ClaimTypes.Name, id), new(EndClaim, end, null, Scheme)], Scheme))
                : null;
        }
        catch (CryptographicException)
        {
            // The keys of data protection have changed, or somebody else has written the cookie.
            return null;
        }
    }

    private string FingerprintOf(string id) => options.Value.AccessKeys?.SecretOf(id) is { } secret
        ? Convert.ToBase64String(SHA256.HashData(secret))
        : string.Empty;

    private static CookieOptions Settings(HttpContext http, DateTimeOffset? end) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = ConsolePage.HomeOf(http),
        Expires = end,
        IsEssential = true,
    };
}
