using ExtendDb.Ef.Attributes;
using ExtendDb.Ef.Model;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;

namespace ExtendDb.Ef.Propagation;

/// <summary>What an operator does with entries that could not be applied.</summary>
internal static class Quarantine
{
    /// <summary>An entry in quarantine.</summary>
    /// <param name="IndexId">The index.</param>
    /// <param name="SqlState">PostgreSQL's code of the error.</param>
    /// <param name="Message">The error.</param>
    /// <param name="Attempts">How often it was tried.</param>
    /// <param name="FirstFailedAt">When it failed first.</param>
    /// <param name="LastFailedAt">When it failed last.</param>
    /// <param name="Item">The item as it is now; null when it is gone, or cannot be read.</param>
    public sealed record Entry(
        int IndexId,
        string SqlState,
        string Message,
        int Attempts,
        DateTime FirstFailedAt,
        DateTime LastFailedAt,
        AttributeMap? Item);

    /// <summary>Reads what is in quarantine for some indexes, by index; at most so many.</summary>
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

    /// <summary>Enqueues what is in quarantine for some indexes; it leaves it once it has been applied.</summary>
    /// <returns>How many entries are tried again.</returns>
    public static Task<int> RetryAsync(ExtendDbRuntime runtime, int[] indexes, CancellationToken cancellationToken) =>
        RunAsync(runtime, Statements.GsiQuarantineRetry, indexes, cancellationToken);

    /// <summary>Takes what is there for some indexes out of quarantine, as it is; a verification finds it from then on.</summary>
    /// <returns>How many entries that were.</returns>
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
            // That may be why it is in quarantine.
            return null;
        }
    }
}
