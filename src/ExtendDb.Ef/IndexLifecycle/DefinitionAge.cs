using ExtendDb.Ef.Catalog;
using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Sql;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Tells when every process must have read a definition that this one sees for the first time.</summary>
/// <param name="runtime">The runtime of the database.</param>
internal sealed class DefinitionAge(ExtendDbRuntime runtime)
{
    // More than the time that a process needs from reading the definitions to beginning what it reads them for; a save
    // that needed more looks again.
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    private readonly long _firstSeen = runtime.Options.TimeProvider.GetTimestamp();
    private bool _known;

    /// <summary>Gets how long this process has known the definition.</summary>
    public TimeSpan Elapsed => runtime.Options.TimeProvider.GetElapsedTime(_firstSeen);

    /// <summary>Tells whether the longest CatalogPollInterval of all processes, and a margin, has passed.</summary>
    public async Task<bool> EveryProcessKnowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!_known)
        {
            await using var command = new NpgsqlCommand(Statements.CatalogStateLongestPoll, connection);
            var longest = TimeSpan.FromMilliseconds((int)(await command.ExecuteScalarAsync(cancellationToken))!);
            _known = Elapsed > longest + Margin;
        }

        return _known;
    }
}
