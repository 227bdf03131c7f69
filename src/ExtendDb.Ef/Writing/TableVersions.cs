using System.Data.Common;
using ExtendDb.Ef.Runtime.Catalog;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>The versions of tables' definitions as a transaction has read them, by table.</summary>
/// <remarks>
/// A definition that is removed or changed afterwards waits for the transaction: the rows of a removed table are deleted,
/// and a new index is filled, when it has ended. So a save that has used these versions is made for definitions that held
/// when it was made, however long it takes.
/// </remarks>
internal sealed class TableVersions
{
    private readonly Dictionary<int, long> _versions = [];

    private TableVersions()
    {
    }

    /// <summary>Creates the command that reads the versions; a table that is gone has no row.</summary>
    public static NpgsqlBatchCommand Command(IEnumerable<int> tables) =>
        new(Statements.TablesVersions) { Parameters = { new() { Value = tables.Distinct().Order().ToArray() } } };

    /// <summary>Reads the result of the command.</summary>
    public static async Task<TableVersions> ReadAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        var versions = new TableVersions();
        while (await reader.ReadAsync(cancellationToken))
        {
            versions.Add(reader);
        }

        return versions;
    }

    /// <summary>Reads the result like <see cref="ReadAsync"/>, for the hooks that EF calls synchronously.</summary>
    public static TableVersions Read(DbDataReader reader)
    {
        var versions = new TableVersions();
        while (reader.Read())
        {
            versions.Add(reader);
        }

        return versions;
    }

    /// <summary>Returns whether a table exists.</summary>
    public bool Contains(int table) => _versions.ContainsKey(table);

    /// <summary>Returns whether the definitions of all of some tables are those that were read.</summary>
    public bool AreOf(Definitions definitions, IEnumerable<int> tables) => tables.All(
        table => definitions.Find(table) is { } known && _versions.TryGetValue(table, out var version) && version == known.Version);

    private void Add(DbDataReader row) => _versions[row.GetInt32(0)] = row.GetInt64(1);
}
