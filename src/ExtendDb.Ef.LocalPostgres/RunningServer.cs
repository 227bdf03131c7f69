using System.Net.Sockets;
using Npgsql;

namespace ExtendDb.Ef.Local;

/// <summary>Finds the server that already runs on a data folder, and never takes another one for it.</summary>
internal static class RunningServer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Returns the port of the server that runs on the folder; null when none does and one may be started.
    /// </summary>
    /// <remarks>
    /// Only the holder of the folder's lock may call it. The file a dead server left is left in turn to the next
    /// server, which checks in it that no process of the dead one still writes; it is removed only where it names a
    /// live process that is not the server, because PostgreSQL would then refuse to start.
    /// </remarks>
    internal static async Task<int?> FindPortAsync(
        string data, string password, Deadline deadline, CancellationToken cancellationToken)
    {
        while (PostmasterPid.Read(data) is { } noted)
        {
            var state = noted.Look(data);
            if (state is ProcessState.Gone)
            {
                return null;
            }

            var answer = state is ProcessState.Foreign
                ? Answer.AnotherServer
                : await AskAsync(data, noted.Port, password, cancellationToken);
            switch (answer)
            {
                case Answer.ThisServer:
                    return noted.Port;
                case Answer.AnotherServer when state is not ProcessState.Ours:
                    File.Delete(PostmasterPid.PathIn(data));
                    return null;
                default:
                    // Starting up, shutting down, or not listening yet or any more: soon it is one or the other.
                    await PauseAsync(data, noted, deadline, cancellationToken);
                    break;
            }
        }

        return null;
    }

    /// <summary>Asks the server on the port whether it serves the data folder.</summary>
    internal static async Task<Answer> AskAsync(
        string data, int port, string password, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString(port, password));
            await connection.OpenAsync(cancellationToken);
            using var probe = new FolderProbe(data);
            await using var command = new NpgsqlCommand("SELECT (pg_stat_file($1, true)).size IS NOT NULL", connection);
            command.Parameters.AddWithValue(probe.Name);
            var seen = (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
            return seen ? Answer.ThisServer : Answer.AnotherServer;
        }
        catch (Exception failed) when (failed is NpgsqlException or SocketException or IOException)
        {
            // A refused login is no proof of another server either: somebody may have changed the password.
            return Answer.NotNow;
        }
    }

    private static async Task PauseAsync(
        string data, PostmasterPid noted, Deadline deadline, CancellationToken cancellationToken)
    {
        if (deadline.IsOver)
        {
            throw new LocalPostgresException(
                $"Process {noted.ProcessId} is a PostgreSQL that seems to serve '{data}', but it does not answer on "
                + $"port {noted.Port} as that server would. Stop it, or delete '{PostmasterPid.PathIn(data)}' if it is "
                + "another server, and try again.");
        }

        await Task.Delay(Pause, cancellationToken);
    }

    private static string ConnectionString(int port, string password) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = DataFolder.Superuser,
            Password = password,
            Database = "postgres",
            Pooling = false,
            Timeout = 5,
            // An unknown server on the port must not be told the password by asking for it in the clear.
            RequireAuth = "ScramSHA256",
        }.ConnectionString;
}

internal enum Answer
{
    /// <summary>The server of the data folder answered.</summary>
    ThisServer,

    /// <summary>A server answered, and it does not serve the data folder.</summary>
    AnotherServer,

    /// <summary>Nobody answered, or only to refuse: it is starting or stopping, or no login is left.</summary>
    NotNow,
}
