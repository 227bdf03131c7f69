namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>What came of a step of a backfill.</summary>
internal enum BackfillStep
{
    /// <summary>Nothing: it waits, or another process has the turn.</summary>
    Waiting,

    /// <summary>Items were enqueued.</summary>
    Walking,

    /// <summary>The index is ACTIVE now, and the backfill done.</summary>
    Active,

    /// <summary>There is nothing to fill any more: it is ACTIVE by another process, deleted or gone.</summary>
    GivenUp,
}
