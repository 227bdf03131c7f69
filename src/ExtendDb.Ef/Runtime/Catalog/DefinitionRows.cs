using System.Data.Common;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Storage.Configurations;
using ExtendDb.Ef.Storage.Definitions;

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

        var types = DefinitionListJson.Read<AttributeDefinition>(row.GetString(5))
            .ToDictionary(d => d.AttributeName, d => d.AttributeType, StringComparer.Ordinal);
        var tableKey = Key(row.GetString(4), types);
        if (row.GetInt32(1) != _openId)
        {
            Close();
            var (id, name, tableId) = (row.GetInt32(1), row.GetString(2), row.GetGuid(3));
            var (isProtected, createdAt, version) =
                (row.GetBoolean(6), row.GetFieldValue<DateTimeOffset>(7), row.GetInt64(17));
            var stream = row.IsDBNull(18)
                ? null
                : new StreamDefinition(row.GetInt32(18), Enum.Parse<StreamViewType>(row.GetString(19)));
            _openId = id;
            _open = indexes => new(id, name, tableId, isProtected, createdAt, tableKey, indexes, version) { Stream = stream };
        }

        if (!row.IsDBNull(8))
        {
            _indexes.Add(new(
                row.GetInt32(8),
                row.GetString(9),
                Enum.Parse<IndexKind>(row.GetString(10)),
                Key(row.GetString(11), types),
                tableKey,
                new Projection(Enum.Parse<ProjectionType>(row.GetString(12)))
                {
                    NonKeyAttributes = row.GetFieldValue<string[]>(13),
                },
                Enum.Parse<IndexStatus>(row.GetString(14)),
                row.IsDBNull(15) ? defaultDelay : TimeSpan.FromMilliseconds(row.GetInt32(15)),
                row.IsDBNull(16) ? null : row.GetFieldValue<DateTimeOffset>(16)));
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
            .ToLookup(e => e.KeyType, e => new KeyAttribute(e.AttributeName, types[e.AttributeName]));
        return new([.. parts[KeyType.HASH]], [.. parts[KeyType.RANGE]]);
    }
}
