namespace ExtendDb.Ef.Server.Serving;

/// <summary>A process cannot start with the settings of appsettings.json, the environment or the command line.</summary>
/// <param name="message">The setting and what is wrong.</param>
/// <param name="inner">The exception that found it.</param>
internal sealed class WrongConfigurationException(string message, Exception inner) : Exception(message, inner)
{
    public WrongConfigurationException(Exception inner)
        : this(inner.Message, inner)
    {
    }
}
