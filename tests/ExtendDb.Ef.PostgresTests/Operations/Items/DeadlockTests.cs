using ExtendDb.Ef.Model;
using FluentAssertions;
using Npgsql;
using Xunit;

namespace ExtendDb.Ef.PostgresTests.Operations.Items;

/// <summary>A transaction of another program that locks two items in the other order.</summary>
public class DeadlockTests(OperationsFixture database) : OperationsTests(database)
{
    private const string LockOne =
        "SELECT version FROM extenddb.items WHERE document @> jsonb_build_object('Id', jsonb_build_object('S', $1::text)) FOR UPDATE";

    private static readonly Dictionary<string, Func<IExtendDb, string, Task>> Writes = new()
    {
        ["BatchWriteItem"] = (db, table) => db.BatchWriteItemAsync(new(new Dictionary<string, IReadOnlyList<WriteRequest>>
        {
            [table] = [new() { PutRequest = new(New("1")) }, new() { PutRequest = new(New("2")) }],
        })),
        ["TransactWriteItems"] = (db, table) => db.TransactWriteItemsAsync(
            new([new() { Put = new(table, New("1")) }, new() { Put = new(table, New("2")) }])),
    };

    public static TheoryData<string> Names => [.. Writes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Write_that_the_server_chose_as_the_victim_begins_again(string write)
    {
        var table = await Host.CreateAsync(OperationsTable.Of("Id:S"));
        await Host.PutAsync(table, Old("1"));
        await Host.PutAsync(table, Old("2"));

        // The server looks for deadlocks when somebody has waited for deadlock_timeout: the write waits first.
        await using var other = new NpgsqlConnection(Host.ConnectionString);
        await other.OpenAsync();
        await ExecuteAsync(other, "SET deadlock_timeout = '10min'");
        await using var transaction = await other.BeginTransactionAsync();
        var first = await FirstLockedAsync(table);
        await ExecuteAsync(other, LockOne, first == "1" ? "2" : "1");
        var written = Task.Run(() => Writes[write](Host.Db, table));
        await Waiting.UntilAsync(
            async () => await Host.ScalarAsync("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)") is true, "the write waits");
        await ExecuteAsync(other, LockOne, first);
        await transaction.CommitAsync();

        await written;

        (await Host.GetAsync(table, new() { ["Id"] = "1" })).Should().Equal(New("1"));
        (await Host.GetAsync(table, new() { ["Id"] = "2" })).Should().Equal(New("2"));
    }

    private static AttributeMap Old(string id) => new() { ["Id"] = id, ["Value"] = "old" };

    private static AttributeMap New(string id) => new() { ["Id"] = id, ["Value"] = "new" };

    // The library locks items in the order of their keys, which are hashes.
    private async Task<string> FirstLockedAsync(string table)
    {
        var definition = await Host.Db.GetTableDefinitionAsync(table);
        var key1 = definition.KeySchema.OfItem(Old("1"));
        var key2 = definition.KeySchema.OfItem(Old("2"));
        return key1.CompareTo(key2) < 0 ? "1" : "2";
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, string? value = null)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (value is not null)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
