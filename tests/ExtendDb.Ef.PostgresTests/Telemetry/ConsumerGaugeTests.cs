using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Telemetry;

public sealed class ConsumerGaugeTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    [Fact]
    public async Task Every_worker_shows_the_stopped_shards_and_the_records_set_aside_of_a_consumer()
    {
        var connectionString = await fixture.CreateDatabaseAsync();
        await Sql.ExecuteAsync(connectionString, """
            INSERT INTO extenddb.streams (id, table_id, table_name, label, view_type, status, key_schema, created_at)
            OVERRIDING SYSTEM VALUE VALUES (1, 1, 'Letters', 'label', 'KEYS_ONLY', 'ENABLED', '[]', now());
            INSERT INTO extenddb.stream_shards (stream_id, shard, last_number, trimmed_number, size_bytes, done_id)
            SELECT 1, n, 9, 9, 0, 0 FROM generate_series(0, 3) AS n;
            INSERT INTO extenddb.stream_consumers (name, table_name, settings, created_at) VALUES ('mail', 'Letters', '', now());
            INSERT INTO extenddb.stream_consumer_shards (consumer, stream_id, shard, number, attempts, next_attempt_at)
            VALUES ('mail', 1, 0, 5, 10, 'infinity'), ('mail', 1, 1, 5, 10, 'infinity'), ('mail', 1, 2, 5, 1, now()), ('mail', 1, 3, 5, 0, NULL);
            INSERT INTO extenddb.stream_set_aside
                (consumer, stream_id, shard, number, attempts, next_attempt_at, error, event_name, is_expiry, created_at, size_bytes, keys)
            SELECT 'mail', 1, 2, n, 1, now(), 'bad', 'INSERT', false, now(), 10, '{}' FROM generate_series(1, 3) AS n;
            """);

        await using var host = await PropagationHost.StartAsync(connectionString);
        using var readings = new MeterReadings(host.Database.Name);
        await Waiting.UntilAsync(() => readings.Gauge("extenddb.streams.consumer.stopped") is not null, "the worker has looked");

        readings.Gauge("extenddb.streams.consumer.stopped").Should().Be(2);
        readings.Gauge("extenddb.streams.consumer.set_aside").Should().Be(3);
        readings.Tags("extenddb.streams.consumer.set_aside", "consumer").Should().Equal("mail");
    }
}
