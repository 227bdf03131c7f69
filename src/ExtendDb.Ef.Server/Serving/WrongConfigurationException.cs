namespace ExtendDb.Ef.Server.Serving;

/// <summary>A server cannot start with what appsettings.json, the environment or the command line say.</summary>
/// <param name="inner">What was found, and where.</param>
internal sealed class WrongConfigurationException(Exception inner) : Exception(inner.Message, inner);
