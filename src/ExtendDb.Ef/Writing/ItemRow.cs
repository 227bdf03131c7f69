using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ExtendDb.Ef.Writing;

/// <summary>
/// Reads items by their keys over the connection of an operation, in the transaction of its context if there is one.
/// </summary>
internal static class ItemRow
{
    /// <summary>Reads one item; null when the item does not exist.</summary>
    public static async Task<Item?> ReadAsync(OperationContext context, ItemTarget target, CancellationToken cancellationToken) =>
        (await ReadAsync(context, One(Statements.ItemsRead, target), [target], cancellationToken))[0];

    /// <summary>Reads one item, and whether its table still has the definition of the target.</summary>
    /// <returns>
    /// Whether the definition is stale; and the item, null when it does not exist or the definition is stale.
    /// </returns>
    public static async Task<(bool IsStale, Item? Item)> ReadDefinedAsync(
        OperationContext context, ItemTarget target, CancellationToken cancellationToken)
    {
        await using var held = await OperationConnection.OpenAsync(context, cancellationToken);
        await using var batch = new NpgsqlBatch(held.Connection)
        {
            BatchCommands = { One(Statements.ItemsReadDefined, target) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) || reader.GetInt64(0) != target.Table.Version
            ? (true, null)
            : (false, reader.IsDBNull(1) ? null : Read(reader, 1, target));
    }

    /// <summary>Reads items in one snapshot, in the order of the targets, up to a total size.</summary>
    /// <returns>
    /// The item of each target; null when it does not exist or lies beyond <paramref name="maxBytes"/>.
    /// </returns>
    public static Task<Item?[]> ReadAsync(
        OperationContext context, IReadOnlyList<ItemTarget> targets, long maxBytes, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(Statements.ItemsReadMany);
        AddParameters(command.Parameters, targets);
        command.Parameters.Add(new() { Value = maxBytes });
        command.Parameters.Add(SlotsOf(targets.Select(target => target.Key)));
        return ReadAsync(context, command, targets, cancellationToken);
    }

    /// <summary>Reads items and locks their rows until the end of the transaction.</summary>
    /// <param name="context">A context in a transaction.</param>
    /// <param name="targets">The tables and keys of the items.</param>
    /// <param name="lockTimeout">
    /// The time to wait for a row that another transaction has locked; null for the setting of the session.
    /// </param>
    /// <returns>
    /// The item of each target, null when it does not exist; and the versions of the tables' definitions.
    /// </returns>
    public static async Task<(Item?[] Items, TableVersions Versions)> ReadLockedAsync(
        DbContext context, IReadOnlyList<ItemTarget> targets, TimeSpan? lockTimeout, CancellationToken cancellationToken)
    {
        if (targets.Count == 1)
        {
            return await ReadLockedAsync(context, One(Statements.ItemsReadLocked, targets[0]), targets, lockTimeout, cancellationToken);
        }

        // The statement locks the rows in the order of its arrays. The common order prevents deadlocks.
        int[] order = [.. Enumerable.Range(0, targets.Count).OrderBy(i => targets[i].Table.Id).ThenBy(i => targets[i].Key)];
        var sorted = Array.ConvertAll(order, i => targets[i]);
        var command = new NpgsqlBatchCommand(Statements.ItemsReadManyLocked);
        AddParameters(command.Parameters, sorted);
        command.Parameters.Add(SlotsOf(sorted.Select(target => target.Key)));
        var (found, versions) = await ReadLockedAsync(context, command, sorted, lockTimeout, cancellationToken);
        var items = new Item?[targets.Count];
        for (var i = 0; i < order.Length; i++)
        {
            items[order[i]] = found[i];
        }

        return (items, versions);
    }

    /// <summary>
    /// Locks keys without an item until the end of the transaction, and returns whether all the items are still absent.
    /// </summary>
    /// <param name="context">A context in a transaction that has locked the rows of all other items it reads.</param>
    /// <param name="targets">The targets for which no item was found.</param>
    /// <returns>False when one of the items exists by now.</returns>
    /// <remarks>
    /// A write of a single item does not take these locks, and waits for no second one, so it can hold nobody up for ever.
    /// </remarks>
    public static async Task<bool> StayAbsentAsync(
        DbContext context, IReadOnlyList<ItemTarget> targets, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(
            (NpgsqlConnection)context.Database.GetDbConnection(),
            (NpgsqlTransaction?)context.Database.CurrentTransaction?.GetDbTransaction());
        var locks = new NpgsqlBatchCommand(Statements.ItemsLockAbsent);
        AddParameters(locks.Parameters, targets);
        batch.BatchCommands.Add(locks);
        var any = new NpgsqlBatchCommand(Statements.ItemsAny);
        AddParameters(any.Parameters, targets);
        any.Parameters.Add(SlotsOf(targets.Select(target => target.Key)));
        batch.BatchCommands.Add(any);

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return !reader.GetBoolean(0);
    }

    /// <summary>Adds the three arrays in which a statement takes the keys of items.</summary>
    public static void AddParameters(NpgsqlParameterCollection parameters, IReadOnlyList<ItemTarget> targets)
    {
        parameters.Add(new() { Value = targets.Select(target => target.Table.Id).ToArray() });
        parameters.Add(new() { Value = targets.Select(target => target.Key.PartitionHash).ToArray() });
        parameters.Add(new() { Value = targets.Select(target => target.Key.SortKey).ToArray() });
    }

    /// <summary>Returns the parameter that names the slots of items.</summary>
    public static NpgsqlParameter SlotsOf(IEnumerable<ItemKey> keys) =>
        new() { Value = ItemSlot.Of(keys) };

    /// <summary>
    /// Refuses a stored item whose key differs from the requested key although both have the same hash.
    /// </summary>
    /// <exception cref="InternalServerErrorException">The keys differ.</exception>
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

    private static NpgsqlBatchCommand One(string statement, ItemTarget target) => new(statement)
    {
        Parameters =
        {
            new() { Value = target.Table.Id },
            new() { Value = target.Key.PartitionHash },
            new() { Value = target.Key.SortKey },
            new() { Value = target.Key.Slot },
        },
    };

    private static async Task<Item?[]> ReadAsync(
        OperationContext context,
        NpgsqlBatchCommand command,
        IReadOnlyList<ItemTarget> targets,
        CancellationToken cancellationToken)
    {
        await using var held = await OperationConnection.OpenAsync(context, cancellationToken);
        await using var batch = new NpgsqlBatch(held.Connection) { BatchCommands = { command } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, targets, cancellationToken);
    }

    private static async Task<(Item?[] Items, TableVersions Versions)> ReadLockedAsync(
        DbContext context,
        NpgsqlBatchCommand command,
        IReadOnlyList<ItemTarget> targets,
        TimeSpan? lockTimeout,
        CancellationToken cancellationToken)
    {
        await using var held = await ContextConnection.OpenAsync(context, cancellationToken);
        await using var batch = new NpgsqlBatch(held.Connection);
        if (lockTimeout is { } timeout)
        {
            batch.BatchCommands.Add(LockTimeout.SetLocal(timeout));
        }

        batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(TableVersions.Command(targets.Select(target => target.Table.Id)));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (lockTimeout is not null)
        {
            await reader.NextResultAsync(cancellationToken);
        }

        var items = await ReadAsync(reader, targets, cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return (items, await TableVersions.ReadAsync(reader, cancellationToken));
    }

    private static async Task<Item?[]> ReadAsync(
        NpgsqlDataReader rows, IReadOnlyList<ItemTarget> targets, CancellationToken cancellationToken)
    {
        var items = new Item?[targets.Count];
        while (await rows.ReadAsync(cancellationToken))
        {
            var n = targets.Count == 1 ? 0 : (int)rows.GetInt64(3) - 1;
            items[n] = Read(rows, 0, targets[n]);
        }

        return items;
    }

    private static Item Read(NpgsqlDataReader row, int first, ItemTarget target)
    {
        var document = StoredDocument.Read(row.GetFieldValue<byte[]>(first));
        CheckKey(target.Table.KeySchema, target.Asked, document);
        return Item.FromRow(target.Table.Id, target.Key, document, row.GetInt32(first + 1), row.GetInt64(first + 2));
    }
}
