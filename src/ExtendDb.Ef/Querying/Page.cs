using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Items;
using ExtendDb.Ef.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Querying;

/// <summary>One page of items: at most as many as asked for, and at most 1 MB by DynamoDB's item size.</summary>
/// <param name="Items">The items in order.</param>
/// <param name="IsCut">Whether the page ended before what is read did; then its last item is where the next begins.</param>
internal sealed record Page(List<AttributeMap> Items, bool IsCut)
{
    public const int MaxBytes = 1024 * 1024;

    // So many rows are asked for first; then as many as the rest of the page will take, judged by their average size.
    private const int FirstRows = 100;
    private const int MostRows = 5_000;

    /// <summary>Where a row stands: its item, and its sort key in the index that is read.</summary>
    public readonly record struct Position(ItemKey Item, byte[] EntrySort);

    /// <summary>Reads a page, a few rows at a time, so that no more than a page is held in memory.</summary>
    /// <param name="context">Gives the connection, and the transaction if it has one.</param>
    /// <param name="statement">Returns document, size, partition hash, sort key and, of an index, its sort key.</param>
    /// <param name="parameters">All but the last parameter, to go on behind a row; null for the first rows.</param>
    /// <param name="limit">The most items; null for as many as 1 MB holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Page> ReadAsync(
        DbContext context,
        string statement,
        Func<Position?, object[]> parameters,
        int? limit,
        CancellationToken cancellationToken)
    {
        var items = new List<AttributeMap>();
        var bytes = 0;
        Position? last = null;
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            while (true)
            {
                var average = items.Count == 0 ? 0 : bytes / items.Count + 1;
                var ask = items.Count == 0 ? FirstRows : Math.Min(MostRows, (MaxBytes - bytes) / average + 1);
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
                var read = 0;
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    var size = reader.GetInt32(1);
                    if (items.Count > 0 && bytes + size > MaxBytes)
                    {
                        return new(items, IsCut: true);
                    }

                    bytes += size;
                    read++;
                    items.Add(ItemRow.ReadDocument(reader, 0));
                    last = new(
                        new(reader.GetGuid(2), reader.GetFieldValue<byte[]>(3)),
                        reader.FieldCount > 4 ? reader.GetFieldValue<byte[]>(4) : []);
                }

                if (items.Count == limit)
                {
                    return new(items, IsCut: true);
                }

                if (read < ask)
                {
                    return new(items, IsCut: false);
                }
            }
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Refuses a limit that is not positive.</summary>
    public static void CheckLimit(int? limit)
    {
        if (limit < 1)
        {
            throw ValidationException.Constraint(
                $"{limit}", "limit", "Member must have value greater than or equal to 1");
        }
    }
}
