using ExtendDb.Ef.Migrations;
using ExtendDb.Ef.PostgresTests.Propagation;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Migrations;

/// <summary>What processes of the version before do while a database is migrated to slots, and after.</summary>
public class SlotsAndOldProcessesTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private const string Markers = "SELECT count(*) FROM extenddb.gsi_pending";

    private const string InsertItem = """
        INSERT INTO extenddb.items (table_id, partition_hash, sort_key, document, size_bytes, version)
        SELECT table_id, gen_random_uuid(), '', '{}', 2, 1 FROM extenddb.items LIMIT 1
        """;

    private const string InsertEntry = """
        INSERT INTO extenddb.index_entries (index_id, partition_hash, sort_key, key_hash, key_sort, document, size_bytes)
        SELECT index_id, gen_random_uuid(), '', key_hash, '', '{}', 2 FROM extenddb.index_entries LIMIT 1
        """;

    private const string SetAside = """
        INSERT INTO extenddb.gsi_quarantine
            (index_id, partition_hash, sort_key, table_id, sqlstate, message, attempts, first_failed_at, last_failed_at, retry_at)
        SELECT id, gen_random_uuid(), '', table_id, '54000', 'too large', 1, now(), now(), now() FROM extenddb.secondary_indexes
        """;

    private const string Enqueue = """
        INSERT INTO extenddb.gsi_pending (shard, ready_at, table_id, partition_hash, sort_key, index_ids)
        SELECT 7, now(), table_id, partition_hash, sort_key, '{1}' FROM extenddb.items LIMIT 1
        """;

    private const string TakeTurn = "SELECT FROM extenddb.gsi_shards WHERE shard = 7 FOR UPDATE";

    // What a batch of that version claims, and what it writes for it.
    private const string Claim = "DELETE FROM extenddb.gsi_pending WHERE shard = 7 AND ready_at <= now()";

    private const string Apply = $$"""
        UPDATE extenddb.index_entries AS e
        SET key_hash = encode(substring(sha256(convert_to(i.document #>> '{Colour,S}', 'UTF8')), 1, 16), 'hex')::uuid,
            document = i.document - 'Pad', size_bytes = i.size_bytes - 1303
        FROM (SELECT *, {{ShardedQueue.ShardOfItem}} AS shard FROM extenddb.items) AS i
        WHERE i.shard = 7 AND (i.partition_hash, i.sort_key) = (e.partition_hash, e.sort_key)
          AND e.index_id = (SELECT id FROM extenddb.secondary_indexes WHERE kind = 'GLOBAL')
          AND substr(i.document #>> '{Id,S}', 3)::int % 20 = 0
        """;

    [Theory]
    [InlineData(InsertItem, PostgresErrorCodes.CheckViolation, PostgresErrorCodes.NotNullViolation)]
    [InlineData(InsertEntry, PostgresErrorCodes.CheckViolation, PostgresErrorCodes.NotNullViolation)]
    [InlineData(SetAside, PostgresErrorCodes.NotNullViolation, PostgresErrorCodes.NotNullViolation)]
    [InlineData(Enqueue, PostgresErrorCodes.UndefinedColumn, PostgresErrorCodes.UndefinedColumn)]
    [InlineData(TakeTurn, PostgresErrorCodes.UndefinedTable, PostgresErrorCodes.UndefinedTable)]
    public async Task Their_statements_fail_from_the_first_step_on(string statement, string during, string after)
    {
        var connection = await OldDatabaseAsync();
        await using var fill = await HeldFill.OfAsync(connection);
        var migration = Task.Run(() => ExtendDbMigrator.MigrateAsync(connection));
        await fill.ReachedAsync();

        var run = () => Sql.ExecuteAsync(connection, statement);

        (await run.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(during);
        await fill.LetGoAsync();
        await migration;
        (await run.Should().ThrowAsync<PostgresException>()).Which.SqlState.Should().Be(after);
    }

    [Fact]
    public async Task Batch_that_has_its_turn_ends_before_the_migration_begins()
    {
        var connection = await OldDatabaseAsync();
        await using var batch = await Sql.OpenAsync(connection);
        await using var transaction = await batch.BeginTransactionAsync();
        await Sql.ExecuteAsync(batch, TakeTurn);
        await Sql.ExecuteAsync(batch, Claim);
        var left = (long)(await Sql.ScalarAsync(batch, Markers))!;
        var migration = Task.Run(() => ExtendDbMigrator.MigrateAsync(connection));
        await LockWaits.UntilAnyAsync(connection, "the migration waits for the batch", "gsi_shards");

        await Sql.ExecuteAsync(batch, Apply);
        await transaction.CommitAsync();

        await migration;
        await SlotsFilled.CheckAsync(connection);
        left.Should().BeLessThan(ShardedQueue.Markers);
        (await Sql.ScalarAsync(connection, Markers)).Should().Be(left);
        await Sql.ExecuteAsync(connection, "UPDATE extenddb.gsi_pending SET ready_at = now() WHERE ready_at > now()");
        await using var host = await PropagationHost.StartWithoutWorkerAsync(connection);
        await Oracle.ApplyAllAndExactAsync(host);
    }

    [Fact]
    public async Task Write_that_the_migration_waits_for_is_kept()
    {
        var connection = await OldDatabaseAsync();
        await using var writer = await Sql.OpenAsync(connection);
        await using var transaction = await writer.BeginTransactionAsync();
        await Sql.ExecuteAsync(writer, InsertItem);
        var migration = Task.Run(() => ExtendDbMigrator.MigrateAsync(connection));
        await LockWaits.UntilAnyAsync(connection, "the migration waits for the writer", "gsi_shards");

        await transaction.CommitAsync();

        await migration;
        await SlotsFilled.CheckAsync(connection);
        (await Sql.ScalarAsync(connection, "SELECT count(*) FROM extenddb.items")).Should().Be(ShardedQueue.Items + 1L);
    }

    [Fact]
    public async Task Deadlock_with_a_transaction_of_theirs_ends_neither_of_both()
    {
        var connection = await OldDatabaseAsync();
        await using var writer = await Sql.OpenAsync(connection);
        await Sql.ExecuteAsync(writer, "SET deadlock_timeout = '1h'");
        await using var transaction = await writer.BeginTransactionAsync();
        await Sql.ExecuteAsync(writer, Enqueue);
        var migration = Task.Run(() => MigrateAsEntityFrameworkDoesAsync(connection));
        await LockWaits.UntilAnyAsync(connection, "the migration waits for the writer", "gsi_shards");

        await Sql.ExecuteAsync(writer, TakeTurn);
        await transaction.CommitAsync();

        await migration;
        await SlotsFilled.CheckAsync(connection);
        (await Sql.ScalarAsync(connection, Markers)).Should().Be(ShardedQueue.Markers + 1L);
    }

    [Fact]
    public async Task Deadlock_with_locks_of_items_that_are_being_filled_is_overcome()
    {
        var connection = await OldDatabaseAsync();
        await using var fill = await HeldFill.OfAsync(connection);
        var migration = Task.Run(() => MigrateAsEntityFrameworkDoesAsync(connection));
        await fill.ReachedAsync();

        await fill.LockItemBeforeAsync();
        await fill.LetGoAsync();

        await migration;
        await SlotsFilled.CheckAsync(connection);
    }

    // The server looks for a deadlock so late that the other side waits by then.
    private static Task MigrateAsEntityFrameworkDoesAsync(string connection) => DotnetEf.UpdateAsync(
        new NpgsqlConnectionStringBuilder(connection) { Options = "-c deadlock_timeout=5s" }.ConnectionString);

    private async Task<string> OldDatabaseAsync()
    {
        var connection = await fixture.CreateDatabaseAsync(migrated: false);
        await ShardedQueue.CreateAsync(connection);
        return connection;
    }
}
