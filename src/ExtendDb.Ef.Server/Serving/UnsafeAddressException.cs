namespace ExtendDb.Ef.Server.Serving;

/// <summary>A server without access keys was configured to listen where other machines can reach it.</summary>
/// <param name="message">The address, and the remedy.</param>
internal sealed class UnsafeAddressException(string message) : Exception(message);
