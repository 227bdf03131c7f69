using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>Lists, retries and discards entries in quarantine for an operator.</summary>
internal static class Quarantine
{
    /// <summary>An entry in quarantine.</summary>
    /// <param name="IndexId">The id of the index.</param>
    /// <param name="SqlState">The SQLSTATE of the last error.</param>
    /// <param name="Message">The message of the last error.</param>
    /// <param name="Attempts">The number of failed attempts.</param>
    /// <param name="FirstFailedAt">The time of the first failure.</param>
    /// <param name="LastFailedAt">The time of the last failure.</param>
    /// <param name="Item">The item as it is now; null when it does not exist or cannot be read.</param>
    public sealed record Entry(
        int IndexId,
        string SqlState,
        string Message,
        int Attempts,
        DateTime FirstFailedAt,
        DateTime LastFailedAt,
        AttributeMap? Item);

    /// <summary>
    /// Reads at most <paramref name="most"/> quarantined entries of some indexes, in the order of the indexes.
    /// </summary>
    public static async Task<List<Entry>> ListAsync(
        ExtendDbRuntime runtime, int[] indexes, int most, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Statements.GsiQuarantineList, connection)
        {
            Parameters = { new() { Value = indexes }, new() { Value = most } },
        };
        var entries = new List<Entry>();
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
                reader.IsDBNull(6) ? null : TryRead(reader.GetFieldValue<byte[]>(6))));
        }

        return entries;
    }

    /// <summary>
    /// Enqueues the quarantined entries of some indexes; each leaves quarantine once it has been applied.
    /// </summary>
    /// <returns>The number of enqueued entries.</returns>
    public static Task<int> RetryAsync(ExtendDbRuntime runtime, int[] indexes, CancellationToken cancellationToken) =>
        RunAsync(runtime, Statements.GsiQuarantineRetry, indexes, cancellationToken);

    /// <summary>
    /// Deletes the quarantine of some indexes and leaves their entries unchanged; a verification reports them from then
    /// on.
    /// </summary>
    /// <returns>The number of discarded entries.</returns>
    public static Task<int> DiscardAsync(ExtendDbRuntime runtime, int[] indexes, CancellationToken cancellationToken) =>
        RunAsync(runtime, Statements.GsiQuarantineDiscard, indexes, cancellationToken);

    private static async Task<int> RunAsync(
        ExtendDbRuntime runtime, string statement, int[] indexes, CancellationToken cancellationToken)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection) { Parameters = { new() { Value = indexes } } };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static AttributeMap? TryRead(byte[] document)
    {
        try
        {
            return StoredDocument.Read(document);
        }
        catch (InternalServerErrorException)
        {
            // The document that cannot be read may be the cause of the quarantine.
            return null;
        }
    }
}
