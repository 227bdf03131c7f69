using ExtendDb.Ef.AspNetCore;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>The options of <c>extenddb serve</c> on the command line.</summary>
/// <param name="Urls">The addresses to listen on; null for those of the configuration, or the default.</param>
/// <param name="Worker">Whether a worker runs in this process.</param>
/// <param name="Insecure">Whether other machines may connect without access keys.</param>
/// <param name="AllowedOrigins">The origins of web pages that may call; null for those of this machine.</param>
/// <param name="Region">The region in the ARNs; null for that of the configuration, of the environment, or the default.</param>
/// <param name="Console">Whether the console is there.</param>
/// <param name="ConsoleReadOnly">Whether the console refuses every change.</param>
internal sealed record ServeOptions(
    string? Urls,
    bool Worker,
    bool Insecure,
    string[]? AllowedOrigins = null,
    string? Region = null,
    bool Console = true,
    bool ConsoleReadOnly = false)
{
    /// <summary>Returns whether other machines must not reach the server: without keys, and without the word that they may.</summary>
    public bool OnlyThisMachine(AccessKeys? keys) => keys is null && !Insecure;
}
