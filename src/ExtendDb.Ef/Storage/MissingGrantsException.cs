namespace ExtendDb.Ef;

/// <summary>The role of the connection lacks rights that the process needs from its start.</summary>
/// <param name="database">The name of the database.</param>
/// <param name="grants">The missing grants, as SQL statements; at least one.</param>
/// <param name="forWorker">Whether the process runs a worker, which needs more than reading does.</param>
public sealed class MissingGrantsException(string database, IReadOnlyList<string> grants, bool forWorker) : Exception(
    $"The role of the connection lacks rights on the schema extenddb of database {database}. Let the owner of the schema "
    + $"run: {string.Join("; ", grants)};"
    + (forWorker
        ? " A process that leaves the indexes to the workers of other processes (Propagation.Enabled = false) needs fewer."
        : string.Empty))
{
    /// <summary>Gets the missing grants, as SQL statements.</summary>
    public IReadOnlyList<string> Grants { get; } = grants;
}
