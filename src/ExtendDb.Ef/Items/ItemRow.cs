using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Entities;
using ExtendDb.Ef.Errors;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Items;

/// <summary>Reads items by their keys on a context's connection, in its transaction if it has one.</summary>
internal static class ItemRow
{
    /// <summary>Reads the item at a place; null when there is none.</summary>
    public static async Task<Item?> ReadAsync(DbContext context, ItemPlace place, CancellationToken cancellationToken) =>
        (await ReadAsync(context, One(Statements.ItemsRead, place), [place], lockTimeout: null, cancellationToken))[0];

    /// <summary>Reads the items at some places in one snapshot, until they have a number of bytes together.</summary>
    /// <returns>For each place its item, null when there is none or it came after the limit.</returns>
    public static Task<Item?[]> ReadAsync(
        DbContext context, IReadOnlyList<ItemPlace> places, long maxBytes, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(Statements.ItemsReadMany);
        AddParameters(command.Parameters, places);
        command.Parameters.Add(new() { Value = maxBytes });
        return ReadAsync(context, command, places, lockTimeout: null, cancellationToken);
    }

    /// <summary>Reads the items at some places and locks their rows until the end of the transaction.</summary>
    /// <param name="context">A context in a transaction.</param>
    /// <param name="places">The places.</param>
    /// <param name="lockTimeout">How long to wait for a row that another transaction holds; null for what is set.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>For each place its item; null when there is none.</returns>
    public static async Task<Item?[]> ReadLockedAsync(
        DbContext context, IReadOnlyList<ItemPlace> places, TimeSpan? lockTimeout, CancellationToken cancellationToken)
    {
        if (places.Count == 1)
        {
            return await ReadAsync(
                context, One(Statements.ItemsReadLocked, places[0]), places, lockTimeout, cancellationToken);
        }

        // The statement locks in the order in which it gets the keys.
        int[] order = [.. Enumerable.Range(0, places.Count).OrderBy(i => places[i].Table.Id).ThenBy(i => places[i].Key)];
        var sorted = Array.ConvertAll(order, i => places[i]);
        var command = new NpgsqlBatchCommand(Statements.ItemsReadManyLocked);
        AddParameters(command.Parameters, sorted);
        var found = await ReadAsync(context, command, sorted, lockTimeout, cancellationToken);
        var items = new Item?[places.Count];
        for (var i = 0; i < order.Length; i++)
        {
            items[order[i]] = found[i];
        }

        return items;
    }

    /// <summary>Makes sure that there is still no item at some places, and will be none until the end of the transaction.</summary>
    /// <param name="context">A context in a transaction that holds the rows of all other items it reads.</param>
    /// <param name="places">The places, without those of items that were found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when an item is there meanwhile.</returns>
    /// <remarks>Who only puts an item there does not see these locks, but then does not depend on what this one writes.</remarks>
    public static async Task<bool> StayAbsentAsync(
        DbContext context, IReadOnlyList<ItemPlace> places, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)context.Database.GetDbConnection(),
            (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction());
        foreach (var statement in new[] { Statements.ItemsLockAbsent, Statements.ItemsAny })
        {
            var command = new NpgsqlBatchCommand(statement);
            AddParameters(command.Parameters, places);
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return !reader.GetBoolean(0);
    }

    /// <summary>Adds the three arrays by which statements take places.</summary>
    public static void AddParameters(NpgsqlParameterCollection parameters, IReadOnlyList<ItemPlace> places)
    {
        parameters.Add(new() { Value = places.Select(place => place.Table.Id).ToArray() });
        parameters.Add(new() { Value = places.Select(place => place.Key.PartitionHash).ToArray() });
        parameters.Add(new() { Value = places.Select(place => place.Key.SortKey).ToArray() });
    }

    /// <summary>Refuses a stored item whose key is not the one that was asked for: two values have one hash.</summary>
    public static void CheckKey(KeySchema schema, AttributeMap asked, AttributeMap stored)
    {
        foreach (var part in schema.Attributes)
        {
            if (asked.TryGetValue(part.Name, out var value)
                && !(stored.TryGetValue(part.Name, out var theirs) && theirs.Equals(value)))
            {
                throw new InternalServerErrorException(
                    $"Another value of {part.Name} than the one asked for is stored under the same hash.");
            }
        }
    }

    private static NpgsqlBatchCommand One(string statement, ItemPlace place) => new(statement)
    {
        Parameters =
        {
            new() { Value = place.Table.Id },
            new() { Value = place.Key.PartitionHash },
            new() { Value = place.Key.SortKey },
        },
    };

    private static async Task<Item?[]> ReadAsync(
        DbContext context,
        NpgsqlBatchCommand command,
        IReadOnlyList<ItemPlace> places,
        TimeSpan? lockTimeout,
        CancellationToken cancellationToken)
    {
        var items = new Item?[places.Count];
        await context.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var batch = new NpgsqlBatch(
                (NpgsqlConnection)context.Database.GetDbConnection(),
                (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction());
            if (lockTimeout is { } timeout)
            {
                batch.BatchCommands.Add(Locks.SetTimeout(timeout));
            }

            batch.BatchCommands.Add(command);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            if (lockTimeout is not null)
            {
                await reader.NextResultAsync(cancellationToken);
            }

            while (await reader.ReadAsync(cancellationToken))
            {
                var n = places.Count == 1 ? 0 : (int)reader.GetInt64(3) - 1;
                var document = StoredDocument.Read(reader.GetFieldValue<byte[]>(0));
                CheckKey(places[n].Table.KeySchema, places[n].Asked, document);
                items[n] = Item.FromRow(
                    places[n].Table.Id, places[n].Key, document, reader.GetInt32(1), reader.GetInt64(2));
            }

            return items;
        }
        finally
        {
            await context.Database.CloseConnectionAsync();
        }
    }
}
