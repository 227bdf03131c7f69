using ExtendDb.Ef.Runtime;
using ExtendDb.Ef.Runtime.Catalog;
using Npgsql;

namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>Determines when every process must have read a definition that this process sees for the first time.</summary>
internal sealed class ProcessBarrier(ExtendDbRuntime runtime)
{
    private readonly long _firstSeen = runtime.Time.GetTimestamp();
    private bool _known;

    /// <summary>Gets how long this process has known the definition.</summary>
    public TimeSpan Elapsed => runtime.Time.GetElapsedTime(_firstSeen);

    /// <summary>Returns whether the longest CatalogPollInterval of all processes, plus a margin, has passed.</summary>
    public async Task<bool> EveryProcessKnowsAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        _known = _known || Elapsed > await CatalogRollout.ReadLongestAsync(connection, cancellationToken);
}
