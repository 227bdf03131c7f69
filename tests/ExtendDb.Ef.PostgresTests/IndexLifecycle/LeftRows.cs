using ExtendDb.Ef.PostgresTests.Propagation;

namespace ExtendDb.Ef.PostgresTests.IndexLifecycle;

/// <summary>The rows of tables and indexes that were deleted.</summary>
internal static class LeftRows
{
    /// <summary>Waits until a worker has deleted them all.</summary>
    public static Task DeletedAsync(PropagationHost host) => Waiting.UntilAsync(
        async () => Equals(await Oracle.ScalarAsync(host, "SELECT count(*) FROM extenddb.removed_definitions"), 0L),
        "the rows of what was removed are deleted");
}
