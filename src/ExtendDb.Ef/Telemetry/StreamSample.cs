namespace ExtendDb.Ef.Telemetry;

/// <summary>A reading of all streams of a database, as the gauges report it.</summary>
/// <param name="Database">The name of the database.</param>
/// <param name="SizeBytes">The size of all records.</param>
/// <param name="OldestAge">The age of the oldest record; null when there is none.</param>
/// <param name="Consumers">All consumers.</param>
internal sealed record StreamSample(
    string Database, long SizeBytes, TimeSpan? OldestAge, IReadOnlyList<SampledConsumer> Consumers);

/// <summary>What a consumer of any process does not handle until an operator lets it.</summary>
/// <param name="Name">The name of the consumer.</param>
/// <param name="StoppedShards">The number of shards in which it has stopped.</param>
/// <param name="SetAside">The number of records that it has set aside.</param>
internal sealed record SampledConsumer(string Name, int StoppedShards, long SetAside);
