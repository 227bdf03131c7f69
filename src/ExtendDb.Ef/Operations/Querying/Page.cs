using System.Data.Common;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Operations.Throughput;
using Npgsql;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>One page of items: at most the limit, and at most 1 MB by DynamoDB's item size.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="IsCut">Whether more items may follow; the next page then starts after the last item.</param>
/// <param name="Bytes">The size of the items, or of the entries of an index, in bytes.</param>
/// <param name="FetchedBytes">
/// The sizes of the items that were read from the table for entries of an index, in bytes.
/// </param>
internal sealed record Page(List<AttributeMap> Items, bool IsCut, long Bytes, IReadOnlyList<int> FetchedBytes)
{
    /// <summary>Gets the page without items.</summary>
    public static Page Empty { get; } = new([], IsCut: false, Bytes: 0, []);

    /// <summary>The largest size of the items of a page, in bytes; a single larger item would be a page too.</summary>
    public const int MaxBytes = 1024 * 1024;

    // The first statement asks for this many rows; each later one asks for as many as fit in the page, by their average
    // size.
    private const int FirstRows = 100;
    private const int MostRows = 5_000;

    /// <summary>The position of a row: the key of its item, and the key of its entry in the index.</summary>
    /// <param name="Item">The key of the item.</param>
    /// <param name="Entry">The key in the index; that of the item where a table is read.</param>
    public readonly record struct Position(ItemKey Item, ItemKey Entry);

    /// <summary>
    /// Reads a page in several statements, so that hardly more than a page is sent and kept in memory.
    /// </summary>
    /// <param name="context">The operation whose connection and transaction are used.</param>
    /// <param name="statement">
    /// Returns document, size, partition hash, sort key and, for an index, its sort key, the hash of its partition key,
    /// and perhaps the size of the item.
    /// </param>
    /// <param name="parameters">
    /// Returns all but the last two parameters, to continue after a row, or to start when the row is null. The last two
    /// are the number of rows, and the number of bytes that fit in the page; the row that exceeds these is the last
    /// one.
    /// </param>
    /// <param name="limit">The largest number of items; null for as many as 1 MB holds.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <param name="room">
    /// The number of bytes that are left for this page; of the first page of a response 1 MB, and then one item always fits.
    /// </param>
    public static async Task<Page> ReadAsync(
        OperationContext context,
        string statement,
        Func<Position?, object[]> parameters,
        int? limit,
        CancellationToken cancellationToken,
        int room = MaxBytes)
    {
        var items = new List<AttributeMap>();
        var fetched = new List<int>();
        var bytes = 0;
        var held = 0;
        Position? last = null;
        await using var connection = await OperationConnection.OpenAsync(context, cancellationToken);
        while (true)
        {
            var average = items.Count == 0 ? 0 : held / items.Count + 1;
            var ask = items.Count == 0 ? FirstRows : Math.Min(MostRows, (room - held) / average + 1);
            ask = Math.Min(ask, limit - items.Count ?? ask);
            await using var command = new NpgsqlCommand(statement, connection.Connection);
            foreach (var value in parameters(last))
            {
                command.Parameters.Add(new() { Value = value });
            }

            command.Parameters.Add(new() { Value = ask });
            command.Parameters.Add(new() { Value = room - held });
            var read = 0;
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                read++;
                if (await reader.IsDBNullAsync(0, cancellationToken))
                {
                    // The table was removed, and the item of the entry has gone before the entry.
                    last = PositionOf(reader);
                    continue;
                }

                var size = reader.GetInt32(1);
                var documentSize = reader.FieldCount > 6 ? reader.GetInt32(6) : size;
                if ((items.Count > 0 || room < MaxBytes) && held + documentSize > room)
                {
                    return new(items, IsCut: true, bytes, fetched);
                }

                bytes += size;
                held += documentSize;
                if (reader.FieldCount > 6)
                {
                    fetched.Add(documentSize);
                }

                items.Add(StoredDocument.Read(reader.GetFieldValue<byte[]>(0)));
                last = PositionOf(reader);
            }

            if (items.Count == limit)
            {
                return new(items, IsCut: true, bytes, fetched);
            }

            if (read < ask)
            {
                return new(items, IsCut: false, bytes, fetched);
            }
        }
    }

    private static Position PositionOf(DbDataReader reader)
    {
        var item = new ItemKey(reader.GetGuid(2), reader.GetFieldValue<byte[]>(3));
        return new(item, reader.FieldCount > 4 ? new(reader.GetGuid(5), reader.GetFieldValue<byte[]>(4)) : item);
    }

    /// <summary>
    /// Returns the capacity that reading the page consumed; null when the request did not ask for it.
    /// </summary>
    public ConsumedCapacity? Consumed(
        ReturnConsumedCapacity asked, TableDefinition table, string tableName, IndexDefinition? index, bool consistent)
    {
        var units = new TableUnits(table, tableName);
        AddTo(units, index, consistent);
        return units.ToResponse(asked);
    }

    /// <summary>Gets the size of what was read, in bytes: of whole items where these were read for the entries of an index.</summary>
    public long HeldBytes => FetchedBytes.Count > 0 ? FetchedBytes.Sum() : Bytes;

    /// <summary>Adds the capacity that reading the page consumed.</summary>
    public void AddTo(TableUnits units, IndexDefinition? index, bool consistent)
    {
        if (index is null)
        {
            units.Add(CapacityUnits.OfRead(Bytes, consistent));
        }
        else
        {
            units.Add(index, CapacityUnits.OfRead(Bytes, consistent));
            units.Add(FetchedBytes.Sum(bytes => CapacityUnits.OfRead(bytes, consistent)));
        }
    }
}
