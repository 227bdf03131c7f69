using Npgsql;

namespace ExtendDb.Ef.Consumers;

/// <summary>Creates commands whose first parameters are a consumer, a stream and a shard.</summary>
internal static class ConsumerCommand
{
    public static NpgsqlCommand Of(
        NpgsqlConnection connection,
        string statement,
        string consumer,
        int stream,
        short shard,
        params ReadOnlySpan<NpgsqlParameter> rest)
    {
        var command = new NpgsqlCommand(statement, connection)
        {
            Parameters = { new() { Value = consumer }, new() { Value = stream }, new() { Value = shard } },
        };
        foreach (var parameter in rest)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
