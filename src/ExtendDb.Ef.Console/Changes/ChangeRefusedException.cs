namespace ExtendDb.Ef.WebConsole.Changes;

/// <summary>The console does not make a change; nothing was changed.</summary>
/// <param name="message">The reason, for the user.</param>
internal sealed class ChangeRefusedException(string message) : Exception(message);
