namespace ExtendDb.Ef.Server.Serving;

/// <summary>A server cannot start with the settings of appsettings.json, the environment or the command line.</summary>
/// <param name="inner">The exception that names the setting.</param>
internal sealed class WrongConfigurationException(Exception inner) : Exception(inner.Message, inner);
