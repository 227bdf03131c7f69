using ExtendDb.Ef.Server.Commands;

namespace ExtendDb.Ef.Server.Serving;

/// <summary>A server without access keys was configured to listen where other machines can reach it.</summary>
/// <param name="message">The address, and the remedy.</param>
internal sealed class UnsafeAddressException(string message) : Exception(message)
{
    public static UnsafeAddressException Of(string address) => new(
        $"{address} can be reached by other machines, and without access keys whoever reaches it can read "
        + $"and change all tables. Give access keys with {ServeCommand.AccessKeysOption} FILE or in "
        + $"{ServeCommand.AccessKeysVariable}, or say {ServeCommand.InsecureOption} to listen there all the same.");
}
