namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>A table or an index whose definition is gone and whose rows are not.</summary>
/// <param name="IsTable">Whether it was a table; otherwise it was an index.</param>
/// <param name="Id">The id that its rows carry.</param>
/// <param name="Name">The name that it had.</param>
internal sealed record RemovedDefinition(bool IsTable, int Id, string Name);
