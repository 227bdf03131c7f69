namespace ExtendDb.Ef.Telemetry;

/// <summary>A reading of the queue, as the gauges report it.</summary>
/// <param name="Database">The name of the database.</param>
/// <param name="Indexes">All global indexes.</param>
/// <param name="Horizon">The oldest transaction that holds back VACUUM; null when there is none.</param>
internal sealed record QueueSample(string Database, IReadOnlyList<SampledIndex> Indexes, VacuumHorizon? Horizon);

/// <summary>The queue of one index at the time of a reading.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Index">The index's name.</param>
/// <param name="Pending">The number of markers that wait for the index.</param>
/// <param name="Lag">The time by which the oldest due marker is overdue; zero when none is due.</param>
/// <param name="Quarantined">The number of entries that could not be applied.</param>
/// <param name="Backfill">The share of the table that the backfill has walked over, 0 to 1; null when the index is not being created.</param>
internal sealed record SampledIndex(
    string Table, string Index, long Pending, TimeSpan Lag, long Quarantined, double? Backfill);

/// <summary>The oldest transaction, prepared transaction, replication slot or standby that holds back VACUUM.</summary>
/// <param name="Holder">Its name.</param>
/// <param name="Age">Its age; null when the age is not known.</param>
internal sealed record VacuumHorizon(string Holder, TimeSpan? Age);
