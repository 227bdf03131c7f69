using ExtendDb.Ef.Model;
using ExtendDb.Ef.PostgresTests.Propagation;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

/// <summary>The change of the delay of an index, and what it comes to.</summary>
internal static class ChangedDelay
{
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The request that changes the delay of an index.</summary>
    public static UpdateTableRequest Of(string table, string index, TimeSpan delay) => new(table)
    {
        GlobalSecondaryIndexUpdates = [new() { Update = new(index) { PropagationDelay = delay } }],
    };

    /// <summary>Starts a process with a worker that reads the definitions often.</summary>
    public static Task<PropagationHost> StartAsync(string database, TimeProvider? time = null) =>
        PropagationHost.StartAsync(database, options => options.CatalogPollInterval = TimeSpan.FromMilliseconds(100), time);

    /// <summary>Tells whether nothing waits longer for any index than its delay.</summary>
    public static async Task<bool> IsDoneAsync(PropagationHost host) => await Oracle.ScalarAsync(
        host, "SELECT bool_and(delay_changed_at IS NULL) FROM extenddb.secondary_indexes") is true;

    public static Task DoneAsync(PropagationHost host) =>
        Waiting.UntilAsync(() => IsDoneAsync(host), "nothing waits longer than it should");

    public static async Task<long> EntriesAsync(PropagationHost host, string index) => (long)(await Oracle.ScalarAsync(
        host,
        """
        SELECT count(*) FROM extenddb.index_entries AS e JOIN extenddb.secondary_indexes AS i ON i.id = e.index_id
        WHERE i.name = $1
        """,
        index))!;
}
