using System.Data.Common;
using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Operations.Throughput;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Operations.Querying;

/// <summary>One page of items: at most as many as asked for, and at most 1 MB by DynamoDB's item size.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="IsCut">Whether the page ended before what is read did; then its last item is where the next begins.</param>
/// <param name="Bytes">The size of the items, or of the entries when an index was read.</param>
/// <param name="FetchedBytes">The sizes of the items that were read from the table for the entries of an index.</param>
internal sealed record Page(List<AttributeMap> Items, bool IsCut, long Bytes, IReadOnlyList<int> FetchedBytes)
{
    /// <summary>Gets the page of what holds no items.</summary>
    public static Page Empty { get; } = new([], IsCut: false, Bytes: 0, []);

    private const int MaxBytes = 1024 * 1024;

    // So many rows are asked for first; then as many as the rest of the page will take, judged by their average size.
    private const int FirstRows = 100;
    private const int MostRows = 5_000;

    /// <summary>Where a row stands: its item, and its sort key in the index that is read.</summary>
    public readonly record struct Position(ItemKey Item, byte[] EntrySort);

    /// <summary>Reads a page, a few rows at a time, so that hardly more than a page is sent and held.</summary>
    /// <param name="context">Gives the connection, and the transaction if it has one.</param>
    /// <param name="statement">
    /// Returns document, size, partition hash, sort key and, of an index, its sort key and perhaps the size of the item.
    /// </param>
    /// <param name="parameters">
    /// All but the last two parameters, to go on behind a row, null for the first rows; the last two are how many rows, and
    /// how many bytes are left of the page, with the row that exceeds them as the last one.
    /// </param>
    /// <param name="limit">The most items; null for as many as 1 MB holds.</param>
    public static async Task<Page> ReadAsync(
        DbContext context,
        string statement,
        Func<Position?, object[]> parameters,
        int? limit,
        CancellationToken cancellationToken)
    {
        var items = new List<AttributeMap>();
        var fetched = new List<int>();
        var bytes = 0;
        var held = 0;
        Position? last = null;
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            while (true)
            {
                var average = items.Count == 0 ? 0 : held / items.Count + 1;
                var ask = items.Count == 0 ? FirstRows : Math.Min(MostRows, (MaxBytes - held) / average + 1);
                ask = Math.Min(ask, limit - items.Count ?? ask);
                await using var command = new NpgsqlCommand(
                    statement,
                    (NpgsqlConnection)context.Database.GetDbConnection(),
                    (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction());
                foreach (var value in parameters(last))
                {
                    command.Parameters.Add(new() { Value = value });
                }

                command.Parameters.Add(new() { Value = ask });
                command.Parameters.Add(new() { Value = MaxBytes - held });
                var read = 0;
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    read++;
                    if (await reader.IsDBNullAsync(0, cancellationToken))
                    {
                        // The table is being deleted, and the entry's item is gone before the entry.
                        last = PositionOf(reader);
                        continue;
                    }

                    var size = reader.GetInt32(1);
                    var document = reader.FieldCount > 5 ? reader.GetInt32(5) : size;
                    if (items.Count > 0 && held + document > MaxBytes)
                    {
                        return new(items, IsCut: true, bytes, fetched);
                    }

                    bytes += size;
                    held += document;
                    if (reader.FieldCount > 5)
                    {
                        fetched.Add(document);
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
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    private static Position PositionOf(DbDataReader reader) => new(
        new(reader.GetGuid(2), reader.GetFieldValue<byte[]>(3)),
        reader.FieldCount > 4 ? reader.GetFieldValue<byte[]>(4) : []);

    /// <summary>Returns what reading the page cost; null when that was not asked for.</summary>
    public ConsumedCapacity? Consumed(
        ReturnConsumedCapacity asked, TableDefinition table, IndexDefinition? index, bool consistent)
    {
        var units = new TableUnits(table);
        if (index is null)
        {
            units.Add(CapacityUnits.OfRead(Bytes, consistent));
        }
        else
        {
            units.Add(index, CapacityUnits.OfRead(Bytes, consistent));
            units.Add(FetchedBytes.Sum(bytes => CapacityUnits.OfRead(bytes, consistent)));
        }

        return units.ToResponse(asked);
    }
}
