namespace ExtendDb.Ef.IndexLifecycle;

/// <summary>The outcome of a step of a backfill.</summary>
internal enum BackfillStep
{
    /// <summary>The backfill waits, or another process has the turn.</summary>
    Waiting,

    /// <summary>The step has enqueued items.</summary>
    Walking,

    /// <summary>The step has made the index ACTIVE, and the backfill is done.</summary>
    Active,

    /// <summary>
    /// The index needs no backfill any more: another process made it ACTIVE, or it was removed.
    /// </summary>
    GivenUp,
}
