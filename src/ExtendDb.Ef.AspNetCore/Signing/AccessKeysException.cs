namespace ExtendDb.Ef.AspNetCore.Signing;

/// <summary>A list of access keys cannot be used as it is. The message never shows a secret.</summary>
/// <param name="message">What is wrong with it, and what to do.</param>
/// <param name="line">The line, counted from 1; null when the list as a whole is refused.</param>
public sealed class AccessKeysException(string message, int? line = null) : Exception(message)
{
    /// <summary>Gets the line, counted from 1; null when the list as a whole is refused.</summary>
    public int? Line { get; } = line;
}
