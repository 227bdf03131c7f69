namespace ExtendDb.Ef;

/// <summary>The schema of the database is older or newer than this library needs.</summary>
/// <param name="lastMigration">The last migration applied to the database; null when there is none.</param>
/// <param name="message">Both versions, and the command to run.</param>
public sealed class SchemaVersionException(string? lastMigration, string message) : Exception(message)
{
    /// <summary>Gets the last migration applied to the database; null when there is none.</summary>
    public string? LastMigration { get; } = lastMigration;
}
