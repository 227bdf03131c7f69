using System.Data.Common;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Configurations;

namespace ExtendDb.Ef.Runtime.Catalog;

/// <summary>
/// Builds definitions from the rows of <c>catalog.load.sql</c>: a row for each table and index, in table order.
/// </summary>
internal sealed class DefinitionRows(TimeSpan defaultDelay)
{
    private readonly List<TableDefinition> _tables = [];
    private readonly List<IndexDefinition> _indexes = [];
    private long _version;
    private Func<IReadOnlyList<IndexDefinition>, TableDefinition>? _open;
    private int? _openId;

    public void Add(DbDataReader row)
    {
        _version = row.GetInt64(0);
        if (row.IsDBNull(1))
        {
            return;
        }

        var types = DefinitionListJson.Read<AttributeDefinition>(row.GetString(6))
            .ToDictionary(d => d.AttributeName, d => d.AttributeType, StringComparer.Ordinal);
        var tableKey = Key(row.GetString(5), types);
        if (row.GetInt32(1) != _openId)
        {
            Close();
            var (id, name, tableId, status) =
                (row.GetInt32(1), row.GetString(2), row.GetGuid(3), Enum.Parse<TableStatus>(row.GetString(4)));
            var (isProtected, createdAt, version) =
                (row.GetBoolean(7), row.GetFieldValue<DateTimeOffset>(8), row.GetInt64(18));
            _openId = id;
            _open = indexes => new(id, name, tableId, status, isProtected, createdAt, tableKey, indexes, version);
        }

        if (!row.IsDBNull(9))
        {
            _indexes.Add(new(
                row.GetInt32(9),
                row.GetString(10),
                Enum.Parse<IndexKind>(row.GetString(11)),
                Key(row.GetString(12), types),
                tableKey,
                new Projection(Enum.Parse<ProjectionType>(row.GetString(13)))
                {
                    NonKeyAttributes = row.GetFieldValue<string[]>(14),
                },
                Enum.Parse<IndexStatus>(row.GetString(15)),
                row.IsDBNull(16) ? defaultDelay : TimeSpan.FromMilliseconds(row.GetInt32(16)),
                row.IsDBNull(17) ? null : row.GetFieldValue<DateTimeOffset>(17)));
        }
    }

    public Definitions ToDefinitions()
    {
        Close();
        return new(_version, _tables);
    }

    private void Close()
    {
        if (_open is not null)
        {
            _tables.Add(_open([.. _indexes]));
            _indexes.Clear();
            _open = null;
        }
    }

    private static KeySchema Key(string json, Dictionary<string, AttributeType> types)
    {
        var parts = DefinitionListJson.Read<KeySchemaElement>(json)
            .Select(e => new KeyAttribute(e.AttributeName, types[e.AttributeName])).ToList();
        return new(parts[0], parts.Count > 1 ? parts[1] : null);
    }
}
