using System.Data.Common;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime.Catalog;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>The items that a save changes, for the records of their tables' streams.</summary>
/// <remarks>
/// A record needs the item as it was stored. The instance of an item that was attached without being read does not know it, so
/// such items are read, and locked, before the statements of the save.
/// </remarks>
/// <param name="items">The items that the save changes.</param>
internal sealed class RecordedChanges(Dictionary<(int Table, ItemKey Key), SavedItem> items)
{
    // The stored attributes of items that were read; null for one that does not exist.
    private readonly Dictionary<(int Table, ItemKey Key), AttributeMap?> _read = [];
    private readonly List<(int Table, ItemKey Key)> _asked = [];

    /// <summary>
    /// Creates the command that reads the items which the save does not know, of tables with a stream; null when there are none.
    /// </summary>
    public NpgsqlBatchCommand? Reading(Definitions definitions)
    {
        _asked.AddRange(items
            .Where(item => !item.Value.Before.IsKnown && definitions.Find(item.Key.Table)?.Stream is not null)
            .Select(item => item.Key)
            .OrderBy(item => item.Table).ThenBy(item => item.Key));
        if (_asked.Count == 0)
        {
            return null;
        }

        _asked.ForEach(item => _read[item] = null);
        return new(Statements.ItemsReadManyLocked)
        {
            Parameters =
            {
                new() { Value = _asked.Select(item => item.Table).ToArray() },
                new() { Value = _asked.Select(item => item.Key.PartitionHash).ToArray() },
                new() { Value = _asked.Select(item => item.Key.SortKey).ToArray() },
                ItemRow.SlotsOf(_asked.Select(item => item.Key)),
            },
        };
    }

    /// <summary>Adds a row that the command has read.</summary>
    public void Add(DbDataReader row) =>
        _read[_asked[(int)row.GetInt64(3) - 1]] = StoredDocument.Read(row.GetFieldValue<byte[]>(0));

    /// <summary>Returns the changes of tables that have a stream.</summary>
    /// <param name="definitions">The definitions of the tables.</param>
    /// <param name="except">Definitions by which the changes of the same streams were returned before; null for none.</param>
    /// <exception cref="TransactionConflictException">
    /// A stream is new, and what the item was before is not known any more.
    /// </exception>
    public List<RecordedChange> Of(Definitions definitions, Definitions? except = null)
    {
        var changes = new List<RecordedChange>();
        foreach (var ((tableId, key), item) in items)
        {
            if (definitions.Find(tableId) is not { Stream: { } stream } table || except?.Find(tableId)?.Stream?.Id == stream.Id)
            {
                continue;
            }

            var before = item.Before.Document;
            if (!item.Before.IsKnown && !_read.TryGetValue((tableId, key), out before))
            {
                throw new TransactionConflictException();
            }

            var after = item.KeepsDocument ? before : item.After;
            if (!Equals(before, after))
            {
                changes.Add(new(table, key, before, after));
            }
        }

        return changes;
    }
}
