namespace ExtendDb.Ef.Server.Serving;

/// <summary>A server without access keys shall listen where other machines reach it.</summary>
/// <param name="message">The address, and what to do.</param>
internal sealed class UnsafeAddressException(string message) : Exception(message);
