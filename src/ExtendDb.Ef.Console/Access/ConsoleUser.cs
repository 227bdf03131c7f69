using System.Globalization;
using Microsoft.AspNetCore.Components.Authorization;

namespace ExtendDb.Ef.WebConsole.Access;

/// <summary>The user of one open page.</summary>
internal sealed class ConsoleUser(AuthenticationStateProvider authentication, TimeProvider time)
{
    /// <summary>Returns the user's name: an access key id, the application's name of the user, or null when nobody has signed in.</summary>
    public async Task<string?> NameAsync() => (await authentication.GetAuthenticationStateAsync()).User.Identity?.Name;

    /// <summary>Returns the time until the sign-in with an access key ends; null when nothing ends.</summary>
    public async Task<TimeSpan?> RemainingAsync() =>
        (await authentication.GetAuthenticationStateAsync()).User.FindFirst(SignInTickets.EndClaim)?.Value is { } end
            && long.TryParse(end, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) - time.GetUtcNow()
            : null;
}
