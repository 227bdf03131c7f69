namespace ExtendDb.Ef.Local;

/// <summary>
/// Says why a local PostgreSQL server could not be found, started or stopped, and what to do about it.
/// </summary>
public sealed class LocalPostgresException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed and what the reader can do about it; never holds a password.</param>
    /// <param name="innerException">The failure underneath; null when there is none.</param>
    public LocalPostgresException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
