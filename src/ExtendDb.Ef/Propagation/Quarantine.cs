using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Keys;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>Enqueues entries in quarantine when their pause is over; lists, retries and discards them for an operator.</summary>
internal static class Quarantine
{
    private const int AtOnce = 100;

    /// <summary>An entry in quarantine.</summary>
    /// <param name="IndexId">The id of the index.</param>
    /// <param name="SqlState">The SQLSTATE of the last error.</param>
    /// <param name="Message">The message of the last error.</param>
    /// <param name="Attempts">The number of failed attempts.</param>
    /// <param name="FirstFailedAt">The time of the first failure.</param>
    /// <param name="LastFailedAt">The time of the last failure.</param>
    /// <param name="Key">The place of the item.</param>
    /// <param name="Item">
    /// The item as it is now, or else its entry, which has its key too; null when neither exists and can be read.
    /// </param>
    public sealed record Entry(
        int IndexId,
        string SqlState,
        string Message,
        int Attempts,
        DateTime FirstFailedAt,
        DateTime LastFailedAt,
        ItemKey Key,
        AttributeMap? Item);

    /// <summary>
    /// Reads at most <paramref name="most"/> quarantined entries of some indexes, in the order of the indexes.
    /// </summary>
    public static async Task<List<Entry>> ListAsync(
        ExtendDbRuntime runtime, int[] indexes, int most, CancellationToken cancellationToken)
    {
        var entries = new List<Entry>();
        var tables = new List<int>();
        await using (var connection = await runtime.Connections.OpenAsync(cancellationToken))
        {
            await using var command = new NpgsqlCommand(Statements.GsiQuarantineList, connection)
            {
                Parameters = { new() { Value = indexes }, new() { Value = most } },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                entries.Add(new(
                    reader.GetInt32(0),
                    reader.GetString(1),
                    reader.GetString(2),
                    reader.GetInt32(3),
                    reader.GetDateTime(4),
                    reader.GetDateTime(5),
                    new(reader.GetGuid(7), reader.GetFieldValue<byte[]>(8)),
                    Item: null));
                tables.Add(reader.GetInt32(6));
            }
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var (index, key) = (entries[i].IndexId, entries[i].Key);
            entries[i] = entries[i] with
            {
                Item = await TryReadAsync(runtime, Statements.ItemsRead, tables[i], key, cancellationToken)
                    ?? await TryReadAsync(runtime, Statements.IndexEntriesRead, index, key, cancellationToken),
            };
        }

        return entries;
    }

    /// <summary>
    /// Enqueues the quarantined entries of some indexes; each leaves quarantine once it has been applied.
    /// </summary>
    /// <returns>The number of entries that wait in the queue now and did not before.</returns>
    public static async Task<int> RetryAsync(ExtendDbRuntime runtime, int[] indexes, CancellationToken cancellationToken)
    {
        var count = await RunAsync(runtime, Statements.GsiQuarantineMakeDue, indexes, cancellationToken);
        while (await EnqueueDueAsync(runtime, cancellationToken) == AtOnce)
        {
        }

        return count;
    }

    /// <summary>Enqueues a bounded number of quarantined entries whose pause is over.</summary>
    /// <returns>The number of enqueued entries.</returns>
    public static Task<int> EnqueueDueAsync(ExtendDbRuntime runtime, CancellationToken cancellationToken) =>
        RunAsync(runtime, Statements.GsiQuarantineEnqueueDue, AtOnce, cancellationToken);

    /// <summary>
    /// Deletes the quarantine of some indexes and leaves their entries unchanged; a verification reports them from then
    /// on.
    /// </summary>
    /// <returns>The number of discarded entries.</returns>
    public static Task<int> DiscardAsync(ExtendDbRuntime runtime, int[] indexes, CancellationToken cancellationToken) =>
        RunAsync(runtime, Statements.GsiQuarantineDiscard, indexes, cancellationToken);

    private static async Task<int> RunAsync<T>(
        ExtendDbRuntime runtime, string statement, T parameter, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection)
        {
            Parameters = { new NpgsqlParameter<T> { TypedValue = parameter } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The item that cannot be read may be the cause of the quarantine; the other entries are listed nevertheless, over
    // other connections, since Npgsql ends the one that has read a damaged page.
    private static async Task<AttributeMap?> TryReadAsync(
        ExtendDbRuntime runtime, string statement, int id, ItemKey key, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection)
        {
            Parameters =
            {
                new() { Value = id },
                new() { Value = key.PartitionHash },
                new() { Value = key.SortKey },
                new() { Value = key.Slot },
            },
        };
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken) is string document
                ? StoredDocument.ReadText(document)
                : null;
        }
        catch (Exception unreadable) when (
            unreadable is InternalServerErrorException || (unreadable is PostgresException refused && SqlErrors.IsOfTheRow(refused)))
        {
            return null;
        }
    }
}
