using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Definitions;

namespace ExtendDb.Ef.Runtime.Catalog;

/// <summary>All definitions of a database at one version.</summary>
internal sealed class Definitions
{
    private readonly Dictionary<string, TableDefinition> _byName;
    private readonly Dictionary<int, TableDefinition> _byId;
    private readonly Dictionary<int, IndexDefinition> _indexes;
    private readonly Dictionary<int, TableDefinition> _tablesByIndex;

    public Definitions(long version, IReadOnlyCollection<TableDefinition> tables)
    {
        Version = version;
        _byName = tables.ToDictionary(t => t.Name, StringComparer.Ordinal);
        _byId = tables.ToDictionary(t => t.Id);
        _indexes = tables.SelectMany(t => t.Indexes).ToDictionary(i => i.Id);
        _tablesByIndex = tables.SelectMany(t => t.Indexes, (t, i) => (i.Id, Table: t)).ToDictionary(of => of.Id, of => of.Table);
    }

    public long Version { get; }

    public IReadOnlyCollection<TableDefinition> Tables => _byName.Values;

    /// <summary>Returns the table of a name or an ARN; null when there is none.</summary>
    public TableDefinition? Find(string nameOrArn) => _byName.GetValueOrDefault(TableArn.NameOf(nameOrArn));

    public TableDefinition? Find(int id) => _byId.GetValueOrDefault(id);

    /// <summary>Returns the index of an id; null when the index does not exist any more.</summary>
    public IndexDefinition? FindIndex(int id) => _indexes.GetValueOrDefault(id);

    /// <summary>Returns the table of an index; null when the index does not exist any more.</summary>
    public TableDefinition? TableOf(IndexDefinition index) => _tablesByIndex.GetValueOrDefault(index.Id);
}
