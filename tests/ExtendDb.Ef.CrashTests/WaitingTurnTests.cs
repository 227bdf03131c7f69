using ExtendDb.Ef.Model;
using ExtendDb.Ef.Testing;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.CrashTests;

public class WaitingTurnTests(ExtendDbFixture fixture) : IClassFixture<ExtendDbFixture>
{
    private const string Table = "Doors";

    [Fact]
    public async Task Batch_that_waited_for_its_turn_writes_no_older_state_over_what_was_applied_meanwhile()
    {
        var database = await fixture.CreateDatabaseAsync();
        await using var client = new Client(database);
        await CreateAsync(client.ExtendDb);
        await PutAsync(client.ExtendDb, 1);
        await using var holder = new NpgsqlConnection(database);
        await holder.OpenAsync();
        await using var turn = await holder.BeginTransactionAsync();
        await Sql.ScalarAsync(holder, "SELECT 1 FROM extenddb.gsi_slots FOR UPDATE");

        // Both have committed and wait to apply their own marker, the first one since before the second change.
        var first = Task.Run(() => PutAsync(client.ExtendDb, 2));
        await LockWaits.UntilAsync(database, sessions: 1, "one batch waits for its turn");
        var second = Task.Run(() => PutAsync(client.ExtendDb, 3));
        await LockWaits.UntilAsync(database, sessions: 2, "two batches wait for their turn");
        (await Sql.ScalarAsync(holder, ApplyNewest)).Should().Be(1L, "the second change is applied by who has the turn");
        await turn.CommitAsync();
        await Task.WhenAll(first, second);

        await CrashOracle.CheckAsync(database);
        (await Sql.ScalarAsync(holder, "SELECT document -> 'Opened' ->> 'N' FROM extenddb.index_entries")).Should().Be("3");
    }

    private const string ApplyNewest =
        """
        WITH claimed AS (
            DELETE FROM extenddb.gsi_pending WHERE id = (SELECT max(id) FROM extenddb.gsi_pending) RETURNING *
        ),
        applied AS (
            UPDATE extenddb.index_entries AS e
            SET document = i.document, size_bytes = i.size_bytes
            FROM extenddb.items AS i, claimed AS c
            WHERE i.partition_hash = c.partition_hash AND e.partition_hash = c.partition_hash
            RETURNING e.index_id
        )
        SELECT count(*) FROM applied
        """;

    private static Task<CreateTableResponse> CreateAsync(IExtendDb db) => db.CreateTableAsync(new(
        Table,
        [new("Id", KeyType.HASH)],
        [new("Id", AttributeType.S), new("House", AttributeType.S)])
    {
        GlobalSecondaryIndexes =
        [
            new("by-house", [new("House", KeyType.HASH)], Projection.All) { PropagationDelay = TimeSpan.Zero },
        ],
    });

    private static Task<ExtendDb.Ef.Model.PutItemResponse> PutAsync(IExtendDb db, int opened) => db.PutItemAsync(
        new(Table, new AttributeMap { ["Id"] = "door", ["House"] = "house", ["Opened"] = opened }));
}
