namespace ExtendDb.Ef.PostgresTests.Storage;

/// <summary>A call of a statement, and how the server is to find its rows.</summary>
/// <param name="File">The name of the statement's file in Sql/.</param>
/// <param name="Case">What the arguments are, when the file is called in several ways.</param>
/// <param name="Arguments">The arguments in SQL.</param>
/// <param name="Indexes">The indexes that are read, all of them.</param>
/// <param name="MostBuffers">The largest number of looks at pages of 8 KB.</param>
/// <param name="Settings">The file with the settings of the transaction in which the library runs the statement.</param>
public sealed record StatementPlan(
    string File, string Case, string Arguments, string[] Indexes, int MostBuffers, string? Settings = null)
{
    /// <summary>Gets the name by which a test calls the plan.</summary>
    public string Name => Case == "" ? File : $"{File}, {Case}";
}
