namespace ExtendDb.Ef.AspNetCore;

/// <summary>A list of access keys is malformed or unsafe; the message never contains a secret.</summary>
/// <param name="message">The error, and its remedy.</param>
/// <param name="line">The number of the line, counted from 1; null when the whole list is refused.</param>
public sealed class AccessKeysException(string message, int? line = null) : Exception(message)
{
    /// <summary>Gets the number of the line, counted from 1; null when the whole list is refused.</summary>
    public int? Line { get; } = line;
}
