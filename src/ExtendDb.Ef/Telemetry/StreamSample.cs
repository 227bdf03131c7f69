namespace ExtendDb.Ef.Telemetry;

/// <summary>A reading of all streams of a database, as the gauges report it.</summary>
/// <param name="Database">The name of the database.</param>
/// <param name="SizeBytes">The size of all records.</param>
/// <param name="OldestAge">The age of the oldest record; null when there is none.</param>
internal sealed record StreamSample(string Database, long SizeBytes, TimeSpan? OldestAge);
