namespace ExtendDb.Ef.Server.Serving;

/// <summary>What the command line says of a server.</summary>
/// <param name="Urls">Where to listen; null for what the configuration says, or the default.</param>
/// <param name="Worker">Whether a worker runs in this process.</param>
/// <param name="Insecure">Whether other machines are let in without access keys.</param>
internal sealed record ServeOptions(string? Urls, bool Worker, bool Insecure);
