using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Storage.Sql;
using Npgsql;
using NpgsqlTypes;

namespace ExtendDb.Ef.Consumers;

/// <summary>What an operator does to consumers.</summary>
internal static class ConsumerAdministration
{
    /// <summary>Moves a consumer, and lets stopped shards go on.</summary>
    /// <param name="name">The name of the consumer.</param>
    /// <param name="to">TRIM_HORIZON, LATEST, or null to keep the places.</param>
    /// <returns>Whether there is such a consumer.</returns>
    public static Task<bool> ResetAsync(ExtendDbRuntime runtime, string name, string? to, CancellationToken cancellationToken) =>
        RunAsync(
            runtime,
            Statements.StreamConsumerShardsReset,
            cancellationToken,
            new() { Value = name },
            new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)to ?? DBNull.Value });

    /// <summary>Removes a consumer with its places and the records that it has set aside.</summary>
    /// <returns>Whether there was such a consumer.</returns>
    public static Task<bool> RemoveAsync(ExtendDbRuntime runtime, string name, CancellationToken cancellationToken) =>
        RunAsync(runtime, Statements.StreamConsumersRemove, cancellationToken, new NpgsqlParameter { Value = name });

    private static async Task<bool> RunAsync(
        ExtendDbRuntime runtime,
        string statement,
        CancellationToken cancellationToken,
        params IReadOnlyList<NpgsqlParameter> parameters)
    {
        await using var connection = await runtime.Connections.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
